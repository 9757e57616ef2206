//! Tables of figures that are written already, as terminal, page and workbook show them.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle, presets};

/// A table: every figure written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// The heads of its columns.
    pub header: Vec<String>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<String>>,
    /// How many columns are texts, from the left; the others are figures, written to the right.
    pub left: usize,
}

impl Grid {
    /// For the terminal, a line below its heads.
    pub fn text(&self) -> String {
        self.drawn(presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─')))
    }

    /// For the terminal, where the first head is the heading of the whole: it stands as far left as headings do.
    pub fn headed(&self) -> String {
        let text = self.drawn(presets::NOTHING);
        let heading = self.header.first().map_or("", String::as_str);
        text.replacen(&format!(" {heading}"), &format!("{heading} "), 1)
    }

    fn drawn(&self, style: TableStyle) -> String {
        let mut table = Table::new();
        table.load_style(style).set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(self.header.iter().map(Cell::new));
        for column in self.left..self.header.len() {
            table.column_mut(column).expect("the header has this column").set_cell_alignment(CellAlignment::Right);
        }
        table.add_rows(self.rows.iter().map(|row| row.iter().map(Cell::new)));
        table.trim_fmt()
    }
}
