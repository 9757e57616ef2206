//! What is wrong with messages: found by tests, so that nobody meets it in a sentence.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast;

use crate::Language;

/// Something wrong with a language's messages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Text that is no Fluent, from its beginning.
    Syntax(Language, String),
    /// A message or attribute that stands twice.
    Twice(Language, String),
    /// A message or attribute that another language has.
    Missing(Language, String),
    /// Its variables differ from those of the first language.
    Variables(Language, String, BTreeSet<String>),
    /// A choice whose default is its only answer.
    Choiceless(Language, String),
}

/// Variables that only choose a form: a language may do without them.
const OF_GRAMMAR: [&str; 3] = ["plural", "gender", "kind"];

/// What is wrong with the messages of some languages, each with its texts: every one must have the same messages and
/// attributes with the same variables, but for those of grammar (`$plural`, `$gender`, `$kind`).
pub fn faults(languages: &[(Language, Vec<&str>)]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let read: Vec<(Language, Messages)> =
        languages.iter().map(|(language, texts)| (*language, messages(*language, texts, &mut faults))).collect();
    let all: BTreeSet<&String> = read.iter().flat_map(|(_, messages)| messages.keys()).collect();
    for (language, messages) in &read {
        for id in &all {
            let Some(variables) = messages.get(*id) else {
                faults.push(Fault::Missing(*language, (*id).clone()));
                continue;
            };
            let first = read.iter().find_map(|(_, messages)| messages.get(*id)).expect("some language has it");
            if first != variables {
                let differ = first.symmetric_difference(variables).cloned().collect();
                faults.push(Fault::Variables(*language, (*id).clone(), differ));
            }
        }
    }
    faults
}

/// Messages and attributes by name, with their variables but for those of grammar.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(language: Language, texts: &[&str], faults: &mut Vec<Fault>) -> Messages {
    let mut messages = Messages::new();
    let mut add = |id: String, pattern: &ast::Pattern<&str>, faults: &mut Vec<Fault>| {
        let mut variables = BTreeSet::new();
        if !pattern_variables(pattern, &mut variables) {
            faults.push(Fault::Choiceless(language, id.clone()));
        }
        variables.retain(|name| !OF_GRAMMAR.contains(&name.as_str()));
        if messages.insert(id.clone(), variables).is_some() {
            faults.push(Fault::Twice(language, id));
        }
    };
    for text in texts {
        let resource = fluent_syntax::parser::parse(*text).unwrap_or_else(|(resource, _)| resource);
        for entry in &resource.body {
            match entry {
                ast::Entry::Message(message) => {
                    if let Some(value) = &message.value {
                        add(message.id.name.to_owned(), value, faults);
                    }
                    for attribute in &message.attributes {
                        add(format!("{}.{}", message.id.name, attribute.id.name), &attribute.value, faults);
                    }
                }
                ast::Entry::Junk { content } => {
                    faults.push(Fault::Syntax(language, content.lines().next().unwrap_or_default().to_owned()));
                }
                _ => {}
            }
        }
    }
    messages
}

/// Adds a pattern's variables. Returns whether each choice in it has more than one answer.
fn pattern_variables(pattern: &ast::Pattern<&str>, variables: &mut BTreeSet<String>) -> bool {
    let mut choices = true;
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            choices &= expression_variables(expression, variables);
        }
    }
    choices
}

fn expression_variables(expression: &ast::Expression<&str>, variables: &mut BTreeSet<String>) -> bool {
    match expression {
        ast::Expression::Inline(inline) => inline_variables(inline, variables),
        ast::Expression::Select { selector, variants } => {
            let mut choices = inline_variables(selector, variables) && 1 < variants.len();
            for variant in variants {
                choices &= pattern_variables(&variant.value, variables);
            }
            choices
        }
    }
}

fn inline_variables(inline: &ast::InlineExpression<&str>, variables: &mut BTreeSet<String>) -> bool {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
            true
        }
        ast::InlineExpression::Placeable { expression } => expression_variables(expression, variables),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_found() {
        let english =
            "same = { $amount } is due\nplural = { $plural ->\n [one] a\n *[other] b\n }\n    .more = c\nonly = d\n";
        let spanish = "same = { $sum }\nplural = x\nplural = { $plural ->\n *[other] y\n }\n= junk\n";
        let found = faults(&[(Language::English, vec![english]), (Language::Spanish, vec![spanish])]);
        assert_eq!(
            found,
            vec![
                Fault::Choiceless(Language::Spanish, "plural".to_owned()),
                Fault::Twice(Language::Spanish, "plural".to_owned()),
                Fault::Syntax(Language::Spanish, "= junk".to_owned()),
                Fault::Missing(Language::Spanish, "only".to_owned()),
                Fault::Missing(Language::Spanish, "plural.more".to_owned()),
                Fault::Variables(Language::Spanish, "same".to_owned(), ["amount".to_owned(), "sum".to_owned()].into()),
            ]
        );
    }

    #[test]
    fn the_shared_messages_have_none() {
        let texts = Language::ALL.map(|language| (language, vec![crate::words::shared(language)]));
        assert_eq!(faults(&texts), vec![]);
    }
}
