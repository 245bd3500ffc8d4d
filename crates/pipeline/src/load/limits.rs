//! Limits of children as people write them: "30 s", "2 GB".

use std::time::Duration;

/// `500 ms`, `30 s`, `2 min`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = split(text)?;
    let seconds = match unit {
        "ms" => number / 1000.0,
        "s" => number,
        "min" => number * 60.0,
        _ => return None,
    };
    Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero())
}

/// `512 MB`, `2 GB`; a thousand or 1024 (`GiB`) of the smaller unit.
pub(super) fn size(text: &str) -> Option<u64> {
    let (number, unit) = split(text)?;
    let factor = match unit {
        "MB" => 1e6,
        "GB" => 1e9,
        "MiB" => 1_048_576.0,
        "GiB" => 1_073_741_824.0,
        _ => return None,
    };
    let bytes = number * factor;
    // Beyond that nobody has memory, and a number no place.
    (1.0..=1e15).contains(&bytes).then_some(bytes as u64)
}

fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    Some((text[..end].parse().ok()?, text[end..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes() {
        let cases = [("30 s", 30_000), ("500ms", 500), ("2 min", 120_000), ("0.5 s", 500)];
        for (text, want) in cases {
            assert_eq!(duration(text), Some(Duration::from_millis(want)), "{text}");
        }
        for text in ["", "30", "s", "0 s", "-1 s", "1 h", "1.2.3 s", "99999999999999999999 min"] {
            assert_eq!(duration(text), None, "{text}");
        }
        assert_eq!(size("2 GB"), Some(2_000_000_000));
        assert_eq!(size("1GiB"), Some(1 << 30));
        assert_eq!(size("512 MB"), Some(512_000_000));
        for text in ["2", "GB", "0 MB", "2 TB", "9e99 GB"] {
            assert_eq!(size(text), None, "{text}");
        }
    }
}
