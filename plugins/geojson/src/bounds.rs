//! The bounding box of a map.

use crate::point::Point;

/// The box that holds all points.
#[derive(Debug, Default)]
pub(crate) struct Bounds {
    points: Vec<Point>,
}

impl Bounds {
    /// Widens the box to hold the point.
    pub(crate) fn add(&mut self, point: Point) {
        self.points.push(point);
    }

    /// West, south, east, north; `None` where there is no point.
    ///
    /// Points on both sides of the line where the date changes are in a box across it, of which the west lies east of its
    /// east (RFC 7946, section 5.2): the other one would go around the earth.
    pub(crate) fn bbox(&self) -> Option<[f64; 4]> {
        let mut east_of: Vec<f64> = self.points.iter().map(|[lon, _]| *lon).collect();
        east_of.sort_by(f64::total_cmp);
        let (first, last) = (*east_of.first()?, *east_of.last()?);
        // The widest stretch without a point is what the box leaves out.
        let (mut widest, mut west, mut east) = (first + 360.0 - last, first, last);
        for pair in east_of.windows(2) {
            if pair[1] - pair[0] > widest {
                (widest, west, east) = (pair[1] - pair[0], pair[1], pair[0]);
            }
        }
        let north = self.points.iter().map(|[_, lat]| *lat).max_by(f64::total_cmp)?;
        let south = self.points.iter().map(|[_, lat]| *lat).min_by(f64::total_cmp)?;
        Some([west, south, east, north])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_is_the_narrowest() {
        let cases: [(&[Point], Option<[f64; 4]>); 5] = [
            (&[], None),
            (&[[4.25, 51.5]], Some([4.25, 51.5, 4.25, 51.5])),
            (&[[10.0, -5.0], [-20.0, 5.0], [30.0, 0.0]], Some([-20.0, -5.0, 30.0, 5.0])),
            (&[[177.0, -20.0], [-178.0, -16.0]], Some([177.0, -20.0, -178.0, -16.0])),
            (&[[-90.0, 0.0], [90.0, 0.0]], Some([-90.0, 0.0, 90.0, 0.0])),
        ];
        for (points, want) in cases {
            assert_eq!(Bounds { points: points.to_vec() }.bbox(), want);
        }
    }
}
