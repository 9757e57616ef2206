//! The answer on a terminal, in about forty lines.

use super::Answer;

/// How wide lines of words are: as wide as the table of options mostly is.
const WIDTH: usize = 134;

impl Answer {
    /// The answer in about forty lines. What is left out here is on the page, in the workbook and in the JSON.
    pub fn text(&self) -> String {
        let mut page = Page { text: format!("{}: {}\n", self.name, self.basis) };
        let (first, more) = self.who.split_at(1.min(self.who.len()));
        let more = Some(more.join(" ")).filter(|more| !more.is_empty());
        let who: Vec<String> = first.iter().cloned().chain(more).chain(self.rather.clone()).collect();
        page.section(Some(&self.heading("who-heading")), told(&who));
        page.text.push('\n');
        page.section(None, drawn(&self.options.text()).into_iter().chain(told(&self.excluded)).collect());
        page.text.push('\n');
        page.section(Some(&self.heading("flips-heading")), told(&self.flips_shown));
        page.section(None, drawn(&self.money_shown.headed()));
        let negotiate = told(&[&self.asked[..], &self.negotiate].concat());
        page.section(Some(&self.heading("negotiate-heading")), negotiate);
        page.section(Some(&self.stands_on_heading()), told(&self.stands_on));
        let next = || std::iter::once(&self.rest).chain(&self.next);
        let widest = next().map(|(command, _)| command.chars().count()).max().unwrap_or(0);
        let next = next().map(|(command, what)| format!("  {command:widest$}   {what}"));
        page.section(Some(&self.heading("next-heading")), next.collect());
        page.text
    }

    /// What the option stands on most, and how much of it nobody can weigh.
    fn stands_on_heading(&self) -> String {
        match self.unknown {
            0 => self.teller.tell("assumed-by-effect", &[("option", &self.named)]),
            unknown => {
                let arguments = [("option", self.named.clone()), ("unknown", unknown.to_string())];
                self.teller.tell("assumed-by-effect-known", &arguments)
            }
        }
    }
}

struct Page {
    text: String,
}

impl Page {
    /// A heading, where the lines do not have their own, and its lines; nothing where there are none.
    fn section(&mut self, heading: Option<&str>, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        for line in heading.map(str::to_owned).into_iter().chain(lines) {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }
}

fn told(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| wrapped(line, "  ")).collect()
}

fn drawn(table: &str) -> Vec<String> {
    table.lines().map(str::to_owned).collect()
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
