//! A mapping proposed from an invoice reads that invoice, whatever language its titles are in.

#![allow(clippy::unwrap_used)]

use longshore_audit::{Choices, Column, Head, LinePart, audit, csv, guess, invoices};
use longshore_contract::{Contract, Usage, read};
use longshore_units::Text;

fn contract() -> Contract {
    let text = "provider = 'contacta'\ncurrency = 'EUR'\ntime_zone = 'Europe/Madrid'\ncounted_at = 'offered'\nstarts = 2027-01-01\n\
                round = { at = 'line', to = '0.01', how = 'half-up' }\n\
                [[charge]]\nname = 'minutos de voz'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = '0.50'\n\
                included = { quantity = '500', per = 'month', to = 'first', prorate = 'none' }\n\
                [[charge]]\nname = 'plataforma'\namount = '150'\nper = 'month'\n\
                [tax]\nkind = 'IVA'\npercent = '21'\nrecoverable = true\n";
    let (contract, findings) = read(&Text::new("contract.toml", text));
    contract.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// Guesses a mapping, and audits by it: what it found, as `cause amount`.
fn through(text: &str) -> Vec<String> {
    let contract = contract();
    let (sheet, findings) = csv(&Text::new("factura.csv", text), None);
    let sheets = [sheet.unwrap_or_else(|| panic!("{findings:#?}"))];
    let guess = guess(&contract, &sheets).unwrap_or_else(|| panic!("no table in {text}"));
    for column in [Column::Description, Column::Quantity, Column::Unit, Column::Price, Column::Amount] {
        assert!(guess.mapping.columns.contains_key(&column), "{column:?}\n{}", guess.to_toml());
    }
    for head in [Head::Number, Head::Month, Head::Issued, Head::Due, Head::Total] {
        assert!(guess.mapping.header.contains_key(&head), "{head:?}\n{}", guess.to_toml());
    }
    assert_eq!(guess.unknown, Vec::<String>::new(), "{}", guess.to_toml());
    let parts: Vec<LinePart> = guess.mapping.lines.iter().map(|(_, meaning)| meaning.part).collect();
    assert!(parts.contains(&LinePart::Included) && parts.contains(&LinePart::Overage), "{}", guess.to_toml());
    let (read, findings) = invoices(&contract, &sheets, &guess.mapping);
    let read = read.unwrap_or_else(|| panic!("{}\n{findings:#?}", guess.to_toml()));
    let audit = audit(&contract, &read, &Usage::default(), &Choices::default()).unwrap();
    let of_lines = audit.invoices.iter().flat_map(|invoice| &invoice.lines).flat_map(|line| &line.findings);
    let all = audit.invoices.iter().flat_map(|invoice| &invoice.findings).chain(of_lines);
    all.map(|finding| format!("{} {}", finding.cause.word(), finding.amount)).collect()
}

#[test]
fn a_spanish_invoice() {
    let invoice = |tax: &str, total: &str| {
        format!(
            "Contacta S.L.;;;;\nNº factura:;2027/014;;;\nFecha:;02.04.2027;;;\nVencimiento:;02.05.2027;;;\nMes:;marzo 2027;;;\n;;;;\n\
             Descripción;Cantidad;Unidad;Precio unitario;Importe (€)\n\
             Minutos de voz incluidos;500;min;0,00;0,00 €\n\
             Minutos de voz adicionales;300;min;0,50;150,00 €\n\
             Cuota de plataforma;;;;150,00 €\n\
             Base imponible;;;;300,00 €\nIVA 21 %;;;;{tax}\nTotal factura;;;;{total}\n"
        )
    };
    assert_eq!(through(&invoice("63,00 €", "363,00 €")), Vec::<String>::new());
    assert_eq!(through(&invoice("66,00 €", "366,00 €")), ["tax 3"]);
}

#[test]
fn a_romanian_invoice() {
    let invoice = |credit: &str, total: &str| {
        format!(
            "Factura nr.;2027-14;;;\nData emiterii;02.04.2027;;;\nScadenţa;02.05.2027;;;\nLuna;martie 2027;;;\n;;;;\n\
             Denumirea serviciilor;U.M.;Cantitate;Preţ unitar;Valoare (EUR)\n\
             Minutos de voz;min;500;0,50;250,00\nMinutos de voz suplimentare;min;300;0,50;150,00\nMinutos de voz incluse;min;500;0,50;{credit}\n\
             Plataforma, abonament;;;;150,00\nTVA;;;;63,00\nTotal de plată;;;;{total}\n"
        )
    };
    assert_eq!(through(&invoice("(250,00)", "363,00")), Vec::<String>::new());
    assert_eq!(through(&invoice("-250,00 EUR", "363,00")), Vec::<String>::new());
    assert_eq!(through(&invoice("250,00-", "373,00")), ["arithmetic 10"]);
}

fn guessed(text: &str) -> longshore_audit::Guess {
    let sheet = csv(&Text::new("factura.csv", text), None).0.unwrap();
    guess(&contract(), &[sheet]).unwrap()
}

#[test]
fn days_that_two_patterns_read_are_said_to_be_either() {
    let of = |issued: &str| {
        guessed(&format!(
            "Invoice date;{issued};\nBilling month;2027-03;\n;;\nDescription;Quantity;Amount\nplataforma;;150\n"
        ))
    };
    let either = of("04/02/2027");
    assert_eq!(either.mapping.dates.pattern(), "MM/DD/YYYY");
    assert_eq!(either.or_dates.as_ref().map(|other| other.pattern()), Some("DD/MM/YYYY"));
    assert!(either.to_toml().contains("dates = \"MM/DD/YYYY\"  # or \"DD/MM/YYYY\""), "{}", either.to_toml());
    assert_eq!(of("4/2/27").or_dates.map(|other| other.pattern().to_owned()).as_deref(), Some("D/M/YY"));
    for decided in ["04/22/2027", "22/04/2027", "04/04/2027", "02.04.2027", "2027-04-02"] {
        let guess = of(decided);
        assert_eq!(guess.or_dates, None, "{decided}");
    }
}

#[test]
fn a_file_with_thousands_of_wordings_is_proposed_in_part() {
    let lines = |count: usize| {
        let lines: String = (0..count).map(|line| format!("Zzz{line} qqq{line};1;{line}.25\n")).collect();
        guessed(&format!("Billing month;2027-03;\n;;\nDescription;Quantity;Amount\n{lines}"))
    };
    let few = lines(400);
    assert_eq!((few.unknown.len(), few.left_out), (400, 0));
    let many = lines(20_000);
    assert_eq!((many.unknown.len(), many.left_out), (500, 19_500));
    assert!(many.to_toml().contains("# 19500 more wordings are left out"));
}

#[test]
fn each_wording_is_proposed_once() {
    let months =
        ["January", "February", "March"].map(|month| format!("Qqq wwww {month} 2027;1;5\nplataforma;1;150\nRrr;1;7\n"));
    let guess = guessed(&format!("Billing month;2027-03;\n;;\nDescription;Quantity;Amount\n{}", months.concat()));
    assert_eq!(guess.unknown, ["Qqq wwww*", "Rrr"]);
    assert_eq!(guess.mapping.lines, []);
}
