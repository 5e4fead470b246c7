//! A table that somebody brings in (CSV, RFC 4180), as spreadsheets and other systems write it: with commas, semicolons or tabs, in
//! UTF-8 or what older ones write.

use csv::{ReaderBuilder, StringRecord};

use crate::why::Unread;

/// How many columns are looked at: more than any telephone system exports.
const COLUMNS_MAX: usize = 200;

/// The longest cell that is taken over, in characters: an e-mail address is the longest that anything here can be.
pub(super) const CELL_MAX: usize = 300;

/// Columns that mean something, and what people and other systems write over each, in small letters.
pub(super) type Known<C> = [(C, &'static [&'static str])];

/// What a file says.
pub(super) struct Sheet<C> {
    columns: Vec<(usize, C)>,
    /// Columns that mean nothing here.
    pub ignored: Vec<String>,
    /// Its rows as far as they are looked at, each with its line.
    pub rows: Vec<(u32, StringRecord)>,
}

impl<C: Copy + PartialEq> Sheet<C> {
    /// Reads at most so many rows below a line with the names of the columns, of which one of these is needed.
    pub(super) fn read(text: &str, known: &Known<C>, needed: &[C], most: usize) -> Result<Sheet<C>, Unread> {
        let first = text.lines().find(|line| !line.trim().is_empty()).ok_or(Unread::Empty)?;
        let separator =
            [b';', b'\t', b','].into_iter().max_by_key(|byte| first.bytes().filter(|one| one == byte).count());
        let mut reader = ReaderBuilder::new();
        reader.delimiter(separator.unwrap_or(b',')).has_headers(false).flexible(true);
        let mut reader = reader.from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        let mut sheet = Sheet { columns: Vec::new(), ignored: Vec::new(), rows: Vec::new() };
        while reader.read_record(&mut record).map_err(|_| Unread::NoTable)? {
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if sheet.columns.is_empty() {
                sheet.find_columns(&record, known, needed)?;
                continue;
            }
            if sheet.rows.len() == most {
                return Err(Unread::TooManyRows { most });
            }
            sheet.rows.push((u32::try_from(line).unwrap_or(u32::MAX), looked_at(&record)));
        }
        if sheet.rows.is_empty() { Err(Unread::Empty) } else { Ok(sheet) }
    }

    fn find_columns(&mut self, record: &StringRecord, known: &Known<C>, needed: &[C]) -> Result<(), Unread> {
        for (place, heading) in record.iter().take(COLUMNS_MAX).enumerate() {
            let wanted = heading.trim().to_lowercase();
            let found = known.iter().find(|(_, names)| names.contains(&wanted.as_str())).map(|(column, _)| *column);
            match found {
                Some(column) if self.columns.iter().all(|(_, other)| *other != column) => {
                    self.columns.push((place, column));
                }
                _ if wanted.is_empty() => {}
                _ => self.ignored.push(heading.trim().chars().take(40).collect()),
            }
        }
        let is_there = self.columns.iter().any(|(_, column)| needed.contains(column));
        if is_there { Ok(()) } else { Err(Unread::NoNameColumn) }
    }

    /// What a row has in a column; `None`: there is no such column.
    pub(super) fn cell(&self, record: &StringRecord, wanted: C) -> Option<String> {
        let place = self.columns.iter().find(|(_, column)| *column == wanted).map(|(place, _)| *place)?;
        Some(meant(record.get(place).unwrap_or_default()))
    }
}

/// In UTF-8, with or without a mark; else each byte is a character of Windows' Latin alphabet, as older spreadsheets write.
pub(super) fn decoded(file: &[u8]) -> String {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let text = match std::str::from_utf8(file) {
        Ok(text) => text.to_owned(),
        Err(_) => file.iter().map(|byte| char::from(*byte)).collect(),
    };
    // One end of lines for all: otherwise lines are counted from between the two of Windows.
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A row as far as it is looked at. The record that is read into has the room of the widest line so far, and so has every clone of it.
fn looked_at(record: &StringRecord) -> StringRecord {
    // One character more than is taken over: the mark of a text goes first.
    let cells = || record.iter().take(COLUMNS_MAX).map(|cell| first(cell.trim(), CELL_MAX + 1));
    let mut kept = StringRecord::with_capacity(cells().map(str::len).sum(), cells().count());
    cells().for_each(|cell| kept.push_field(cell));
    kept
}

/// At most so many characters of a text.
fn first(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most).map_or(text.len(), |(place, _)| place);
    text.get(..end).unwrap_or_default()
}

/// A cell without the mark that keeps a spreadsheet from taking it for a formula; see [`super::export`].
fn meant(cell: &str) -> String {
    let cell = cell.trim();
    let is_marked = |rest: &&str| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']);
    let cell = cell.strip_prefix('\'').filter(is_marked).unwrap_or(cell);
    first(cell, CELL_MAX).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME_AND_WORK: [(char, &[&str]); 2] = [('n', &["name"]), ('w', &["work"])];

    fn read(file: &str) -> Sheet<char> {
        Sheet::read(file, &NAME_AND_WORK, &['n'], 10).unwrap()
    }

    #[test]
    fn a_row_keeps_no_more_than_is_looked_at() {
        let (wide, long) = (";".repeat(100_000), "ü".repeat(100_000));
        let sheet = read(&format!("Name;Work\n{wide}\nA;1{wide}{long}\n{long};2;{long}\nB;3\n"));
        for (line, record) in &sheet.rows {
            let (cells, bytes) = (record.len(), record.as_slice().len());
            assert!(cells <= COLUMNS_MAX, "line {line} keeps {cells} cells");
            assert!(bytes <= cells * (CELL_MAX + 1) * 2, "line {line} keeps {bytes} bytes in {cells} cells");
        }
        let work: Vec<Option<String>> = sheet.rows.iter().map(|(_, record)| sheet.cell(record, 'w')).collect();
        assert_eq!(work, ["1", "2", "3"].map(|cell| Some(cell.to_owned())));
    }

    #[test]
    fn what_is_cut_says_the_same() {
        let (spaces, signs) = (" ".repeat(2 * CELL_MAX), "+".repeat(2 * CELL_MAX));
        let sheet = read(&format!("Name;Work\n{spaces}A{spaces};'{signs}\n"));
        let (_, record) = &sheet.rows[0];
        assert_eq!(sheet.cell(record, 'n').as_deref(), Some("A"));
        assert_eq!(sheet.cell(record, 'w').as_deref(), signs.get(..CELL_MAX));
    }
}
