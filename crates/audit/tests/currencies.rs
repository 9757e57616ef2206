//! Amounts that say another currency than their invoice is read as one in.

#![allow(clippy::unwrap_used)]

use longshore_audit::{BilledInvoice, Column, Head, Mapping, Source, Title, Words, csv, guess, invoices, xlsx};
use longshore_contract::{Contract, read};
use longshore_units::{Diagnostic, Text};
use rust_xlsxwriter::{Format, Workbook};

fn contract() -> Contract {
    let text = "provider = 'p'\ncurrency = 'USD'\nstarts = 2027-01-01\n\
                [[charge]]\nname = 'voice'\nunit = 'minute'\neach = '0.95'\n";
    read(&Text::new("contract.toml", text)).0.unwrap()
}

fn through(text: &str, mapping: &Mapping) -> (Option<Vec<BilledInvoice>>, Vec<Diagnostic>) {
    let sheet = csv(&Text::new("invoice.csv", text), None).0.unwrap();
    invoices(&contract(), &[sheet], mapping)
}

/// Reads two lines by our own titles: the code of each mistake, and the text that it is shown at.
fn mistakes(one: &str, other: &str, header: Option<&str>) -> Vec<String> {
    let text =
        format!("month;description;quantity;price;amount\n2027-03;voice;4000;{one}\n2027-03;voice;890;{other}\n");
    let mut mapping = Mapping::ours();
    mapping.header.extend(header.map(|code| (Head::Currency, Source::Value(code.to_owned()))));
    let (read, findings) = through(&text, &mapping);
    assert_eq!(read.is_none(), findings.iter().any(|finding| finding.code == "A011"));
    findings.iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect()
}

#[test]
fn an_amount_or_price_in_another_currency_is_a_mistake() {
    let right = "0.95;$3800.00";
    for wrong in ["0.95;€845.50", "0.95;845.50 EUR", "0.95;eur 845.50", "€0.95;845.50", "0.95;(€845.50)"] {
        let found = mistakes(right, wrong, None);
        assert_eq!(found.len(), 1, "{wrong}: {found:#?}");
        assert!(found[0].starts_with("A011 row 3: ") && found[0].contains("is in EUR"), "{found:#?}");
    }
    for sound in ["0.95;845.50", "0.95;US$ 845.50", "$0.95;845.50 USD", "0.95;845.50 CR"] {
        assert_eq!(mistakes(right, sound, None), Vec::<String>::new(), "{sound}");
    }
}

#[test]
fn a_shared_sign_is_of_any_of_its_currencies() {
    assert_eq!(mistakes("0.95;$3800", "0.95;$845.50", Some("CAD")), Vec::<String>::new());
    assert_eq!(mistakes("0.95;¥3800", "0.95;¥845", Some("CNY")), Vec::<String>::new());
    assert_eq!(mistakes("0.95;$3800", "0.95;$845.50", Some("EUR")).len(), 2);
    assert_eq!(mistakes("0.95;¥3800", "0.95;845", None).len(), 1);
}

#[test]
fn titles_totals_and_a_column_of_currencies_speak_too() {
    let by = |amount: &str| {
        let titles = [(Column::Description, "Item"), (Column::Amount, amount), (Column::Currency, "Cur")];
        let title = |(column, title): (Column, &str)| {
            (column, Title { title: title.to_owned(), optional: column == Column::Currency })
        };
        let mut mapping = Mapping { columns: titles.into_iter().map(title).collect(), ..Mapping::default() };
        mapping.header.insert(Head::Month, Source::Value("2027-03".to_owned()));
        mapping.header.insert(Head::Total, Source::Beside("Total".to_owned()));
        mapping
    };
    let codes = |text: &str, amount: &str| {
        let findings = through(text, &by(amount)).1;
        findings.iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(codes("Item;Amount (USD)\nvoice;95\nTotal;95\n", "Amount (USD)"), Vec::<String>::new());
    let title = codes("Item;Amount (EUR)\nvoice;95\nTotal;95\n", "Amount (EUR)");
    assert!(title.len() == 1 && title[0].starts_with("A011 row 1: the title `Amount (EUR)` is in EUR"), "{title:#?}");
    let total = codes("Item;Amount\nvoice;95\nTotal;€95\n", "Amount");
    assert!(total.len() == 1 && total[0].starts_with("A011 the total of `€95`"), "{total:#?}");
    let column = codes("Item;Amount;Cur\nvoice;95;USD\nvoice;95;EUR\n\nTotal;190\n", "Amount");
    assert!(column.len() == 1 && column[0].starts_with("A011 row 3 is in EUR"), "{column:#?}");
}

#[test]
fn a_guess_takes_the_currency_that_amounts_say() {
    let guessed = |titles: &str, amounts: [&str; 3]| {
        let lines: String = amounts.iter().map(|amount| format!("voice;4000;0.95;{amount}\n")).collect();
        let text = format!("Billing month;2027-03;;\n;;;\n{titles}\n{lines}");
        let sheet = csv(&Text::new("invoice.csv", text), None).0.unwrap();
        let guess = guess(&contract(), &[sheet]).unwrap();
        guess.mapping.header[&Head::Currency].clone()
    };
    let of = |code: &str| Source::Value(code.to_owned());
    assert_eq!(guessed("Description;Quantity;Rate;Amount", ["€1", "€2", "3"]), of("EUR"));
    assert_eq!(guessed("Description;Quantity;Rate;Amount (EUR)", ["1", "2", "3"]), of("EUR"));
    assert_eq!(guessed("Description;Quantity;Rate;Amount", ["$1", "$2", "$3"]), of("USD"));
    // One among many is a mistake of the line, and is said when the invoice is read.
    assert_eq!(guessed("Description;Quantity;Rate;Amount", ["1", "2", "€3"]), of("USD"));
}

/// A workbook of two lines and a total, whose amounts have these formats.
fn workbook(formats: [&str; 3]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Billing month", "2027-03"]).unwrap();
    sheet.write_row(2, 0, ["Item", "Quantity", "Amount"]).unwrap();
    for (row, (words, amount)) in [("voice", 95.0), ("voice", 84.55), ("Total", 179.55)].into_iter().enumerate() {
        let (number, format) = (row as u32 + 3, Format::new().set_num_format(formats[row]));
        sheet.write_string(number, 0, words).unwrap();
        sheet.write_number(number, 1, 100.0).unwrap();
        sheet.write_number_with_format(number, 2, amount, &format).unwrap();
    }
    sheet.write_string(5, 1, "").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_format_of_numbers_says_a_currency() {
    let titles = [(Column::Description, "Item"), (Column::Quantity, "Quantity"), (Column::Amount, "Amount")];
    let title = |(column, title): (Column, &str)| (column, Title { title: title.to_owned(), optional: false });
    let mut mapping = Mapping { columns: titles.into_iter().map(title).collect(), ..Mapping::default() };
    mapping.header.insert(Head::Month, Source::Beside("Billing month".to_owned()));
    mapping.header.insert(Head::Total, Source::Cell(6, 2));
    mapping.skip = vec![Words("Total".to_owned())];
    let mistakes = |formats: [&str; 3], currency: Option<&str>| {
        let sheets = xlsx("invoice.xlsx", &workbook(formats)).0.unwrap();
        let mut mapping = mapping.clone();
        mapping.header.extend(currency.map(|code| (Head::Currency, Source::Value(code.to_owned()))));
        let (read, findings) = invoices(&contract(), &sheets, &mapping);
        assert_eq!(read.is_none(), !findings.is_empty(), "{findings:#?}");
        findings.iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect::<Vec<_>>()
    };
    let (plain, dollars, euros) = ("#,##0.00", "\"$\"#,##0.00", "#,##0.00 [$€-407]");
    assert_eq!(mistakes([plain, plain, plain], None), Vec::<String>::new());
    assert_eq!(mistakes([dollars, "[$USD] 0.00", plain], None), Vec::<String>::new());
    assert_eq!(mistakes([euros, "0.00 \"EUR\"", euros], Some("EUR")), Vec::<String>::new());
    assert_eq!(
        mistakes([dollars, euros, dollars], None),
        ["A011 Sheet1!C5: 84.55 is shown with `€`, which is in EUR, and the invoice is read as one in USD"]
    );
    let of_code = mistakes(["\"EUR\" 0.00", plain, plain], None);
    assert!(of_code.len() == 1 && of_code[0].contains("95 is shown with `EUR`"), "{of_code:?}");
    let of_total = mistakes([plain, plain, euros], None);
    assert!(of_total.len() == 1 && of_total[0].starts_with("A011 the total of `179.55`"), "{of_total:?}");
    // A guess takes what most of them say.
    let guessed = |formats: [&str; 3]| {
        let sheets = xlsx("invoice.xlsx", &workbook(formats)).0.unwrap();
        guess(&contract(), &sheets).unwrap().mapping.header[&Head::Currency].clone()
    };
    assert_eq!(guessed([euros; 3]), Source::Value("EUR".to_owned()));
    assert_eq!(guessed([plain; 3]), Source::Value("USD".to_owned()));
}
