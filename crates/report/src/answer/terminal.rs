//! The answer on a terminal, in about forty lines.

use super::Answer;
use crate::grid::Grid;

/// How wide lines of words are.
const WIDTH: usize = 130;

impl Answer {
    /// The answer in about forty lines. What is left out here is on the page, in the workbook and in the JSON.
    pub fn text(&self) -> String {
        let mut page = Page { text: format!("{}: {}\n", self.name, self.basis) };
        page.section(&self.heading("who-heading"), told(&[&self.who[..], &self.rather].concat()));
        let options = drawn(&self.options).into_iter().chain(told(&self.excluded)).collect();
        page.section(&self.heading("options-heading"), options);
        page.section(&self.heading("flips-heading"), told(&self.flips_shown));
        page.section(&self.heading("money-heading"), drawn(&self.money_shown));
        page.section(&self.heading("negotiate-heading"), told(&[&self.asked[..], &self.negotiate].concat()));
        page.section(&self.teller.tell("assumed-by-effect", &[("option", &self.named)]), told(&self.stands_on));
        let widest = self.next.iter().map(|(command, _)| command.chars().count()).max().unwrap_or(0);
        let next = self.next.iter().map(|(command, what)| format!("  {command:widest$}   {what}"));
        page.section(&self.heading("next-heading"), next.collect());
        page.text
    }
}

struct Page {
    text: String,
}

impl Page {
    /// A heading and its lines; nothing where there are none.
    fn section(&mut self, heading: &str, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        self.text.push_str(&format!("\n{heading}\n"));
        for line in lines {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }
}

fn told(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| wrapped(line, "  ")).collect()
}

fn drawn(grid: &Grid) -> Vec<String> {
    grid.text().lines().map(str::to_owned).collect()
}

/// A line of words, broken where it is too wide; `indent` stands before the first line and two more spaces before others.
fn wrapped(line: &str, indent: &str) -> String {
    let mut text = indent.to_owned();
    let mut width = indent.len();
    for (place, word) in line.split(' ').enumerate() {
        let length = word.chars().count();
        if place == 0 {
            width += length;
        } else if width + 1 + length <= WIDTH {
            text.push(' ');
            width += 1 + length;
        } else {
            text.push_str(&format!("\n{indent}  "));
            width = indent.len() + 2 + length;
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        let line = "word ".repeat(40);
        let text = wrapped(line.trim_end(), "  ");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert_eq!(text.split_whitespace().count(), 40);
        assert!(text.lines().nth(1).unwrap().starts_with("    word"));
    }
}
