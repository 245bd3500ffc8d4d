//! The table as the program reads it; its layout is described with the reader.

use recoup_language::gazetteer::{LIST, MAGIC, NOWHERE, OTHER_NAME, RECORD, WEAK, class};

use super::build::{Places, Use};
use crate::chore::ChoreError;

/// Lays out places and names.
pub(crate) fn table(places: &Places) -> Result<Vec<u8>, ChoreError> {
    let mut records = Vec::with_capacity(places.list.len() * RECORD);
    let mut ids = fst::MapBuilder::memory();
    for (place, number) in places.list.iter().zip(0u64..) {
        let (lat, lon) = place.at.map_or((NOWHERE, NOWHERE), |(lat, lon)| (hundredths(lat), hundredths(lon)));
        records.extend(lat.to_le_bytes());
        records.extend(lon.to_le_bytes());
        records.push(class(place.precision, place.rank));
        ids.insert(&place.id, number).map_err(unsorted)?;
    }
    let mut lists = Vec::new();
    let mut names = fst::MapBuilder::memory();
    for (name, (uses, weak)) in &places.names {
        let weak = if *weak { WEAK } else { 0 };
        let value = match uses.as_slice() {
            [Use { place, .. }] => u64::from(*place) << 2 | weak,
            several => {
                let at = lists.len() as u64;
                let several = &several[..several.len().min(usize::from(u8::MAX))];
                lists.push(several.len() as u8);
                for Use { place, usual } in several {
                    lists.extend((place | if *usual { 0 } else { OTHER_NAME }).to_le_bytes());
                }
                at << 2 | weak | LIST
            }
        };
        names.insert(name, value).map_err(unsorted)?;
    }
    let names = names.into_inner().map_err(unsorted)?;
    let ids = ids.into_inner().map_err(unsorted)?;
    let mut table = MAGIC.to_vec();
    for length in [places.list.len(), lists.len(), names.len(), ids.len()] {
        table.extend((length as u32).to_le_bytes());
    }
    for part in [records, lists, names, ids] {
        table.extend(part);
    }
    Ok(table)
}

fn hundredths(degrees: f64) -> i16 {
    (degrees * 100.0).round() as i16
}

fn unsorted(error: fst::Error) -> ChoreError {
    ChoreError::Usage(format!("the table cannot be laid out: {error}"))
}
