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
    /// Its rows, each with its line.
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
            sheet.rows.push((u32::try_from(line).unwrap_or(u32::MAX), record.clone()));
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

/// A cell without the mark that keeps a spreadsheet from taking it for a formula; see [`super::export`].
fn meant(cell: &str) -> String {
    let cell = cell.trim();
    let is_marked = |rest: &&str| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']);
    let cell = cell.strip_prefix('\'').filter(is_marked).unwrap_or(cell);
    cell.chars().take(CELL_MAX).collect()
}
