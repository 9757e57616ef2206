//! Words that providers write on invoices, in English, German, Spanish and Romanian: small letters, without accents.

use super::mapping::{Column, Head};

/// What stands above columns, the likelier first.
pub(super) const TITLES: [(Column, &[&str]); 14] = [
    (
        Column::Description,
        &[
            "description",
            "line item",
            "item",
            "service",
            "details",
            "charge description",
            "position",
            "leistung",
            "bezeichnung",
            "descripcion",
            "concepto",
            "detalle",
            "servicio",
            "descriere",
            "descrierea serviciilor",
            "denumire",
            "denumirea serviciilor",
            "denumirea produselor sau a serviciilor",
            "particulars",
        ],
    ),
    (
        Column::Amount,
        &[
            "amount",
            "line amount",
            "extended amount",
            "line total",
            "net amount",
            "extended",
            "betrag",
            "importe",
            "importe neto",
            "base imponible",
            "valoare",
            "valoarea",
            "valoare fara tva",
            "suma",
            "total",
            "net",
        ],
    ),
    (
        Column::Quantity,
        &[
            "quantity",
            "qty",
            "units",
            "volume",
            "billed quantity",
            "menge",
            "cantidad",
            "unidades",
            "cantitate",
            "cantitatea",
        ],
    ),
    (
        Column::Price,
        &[
            "unit price",
            "rate",
            "price",
            "unit rate",
            "unit cost",
            "einzelpreis",
            "preis",
            "precio unitario",
            "precio",
            "tarifa",
            "pret unitar",
            "pretul unitar",
            "pret",
            "tarif",
        ],
    ),
    (
        Column::Unit,
        &["unit", "uom", "unit of measure", "einheit", "unidad", "unidad de medida", "um", "u m", "unitate"],
    ),
    (
        Column::Group,
        &[
            "program",
            "site",
            "lob",
            "line of business",
            "campaign",
            "programm",
            "location",
            "campana",
            "programa",
            "campanie",
            "locatie",
        ],
    ),
    (Column::Rows, &["contacts", "calls", "number of calls", "records", "llamadas", "apeluri"]),
    (Column::Charge, &["charge", "charge code"]),
    (Column::Month, &["month", "billing month", "service month", "monat", "mes", "luna"]),
    (Column::Period, &["period", "billing period", "service period", "periodo", "perioada"]),
    (Column::From, &["from", "start date", "service from", "desde", "de la"]),
    (Column::Until, &["until", "to", "through", "end date", "service to", "hasta", "pana la"]),
    (Column::Clause, &["clause", "contract ref", "contract reference", "section", "clausula", "clauza"]),
    (Column::Number, &["invoice", "invoice no", "invoice number", "invoice id", "factura"]),
];

/// What stands beside values that stand once.
pub(super) const LABELS: [(Head, &[&str]); 9] = [
    (
        Head::Number,
        &[
            "invoice no",
            "invoice number",
            "invoice",
            "rechnungsnummer",
            "rechnung nr",
            "factura no",
            "no factura",
            "n factura",
            "num factura",
            "numero de factura",
            "factura num",
            "factura n",
            "factura nr",
            "nr factura",
            "numar factura",
            "numarul facturii",
            "factura",
        ],
    ),
    (Head::Month, &["month", "billing month", "service month", "invoice month", "mes", "mes facturado", "luna"]),
    (
        Head::Period,
        &[
            "billing period",
            "service period",
            "period",
            "leistungszeitraum",
            "periodo de facturacion",
            "periodo",
            "perioada de facturare",
            "perioada",
        ],
    ),
    (
        Head::Issued,
        &[
            "invoice date",
            "date",
            "issued",
            "date of issue",
            "rechnungsdatum",
            "fecha de factura",
            "fecha de emision",
            "fecha factura",
            "fecha",
            "data facturii",
            "data emiterii",
            "data",
        ],
    ),
    (
        Head::Due,
        &[
            "due date",
            "payment due",
            "due",
            "zahlbar bis",
            "fecha de vencimiento",
            "vencimiento",
            "data scadentei",
            "scadenta",
            "termen de plata",
        ],
    ),
    (Head::Currency, &["currency", "wahrung", "moneda", "divisa", "valuta"]),
    (
        Head::Total,
        &[
            "total due",
            "amount due",
            "grand total",
            "invoice total",
            "gesamtbetrag",
            "total factura",
            "total a pagar",
            "importe total",
            "total de plata",
            "total general",
            "total",
        ],
    ),
    (Head::Provider, &["vendor", "supplier", "provider", "remit to", "billed by", "proveedor", "emisor", "furnizor"]),
    (Head::From, &["period from", "service from"]),
];

/// What says that a row is a sum of others.
pub(super) const SUMS: [&str; 7] =
    ["total", "sum", "balance", "amount due", "importe", "base imponible", "baza de calcul"];

/// What says that a line adds a surcharge.
pub(super) const SURCHARGE: [&str; 7] =
    ["surcharge", "premium", "uplift", "differential", "zuschlag", "recargo", "majorare"];

/// What says that a line has units beyond the included ones.
pub(super) const OVERAGE: [&str; 8] =
    ["overage", "additional", "excess", "beyond", "excedente", "exceso", "adicional", "suplimentar"];

/// What says that a line is a fixed amount.
pub(super) const FEE: [&str; 6] = ["fee", "bundle", "base", "cuota", "abonament", "paquete"];

/// What says that a line has the included units.
pub(super) const INCLUDED: [&str; 7] = ["included", "free", "allowance", "inklusiv", "incluid", "inclus", "gratuit"];

/// What says that a line is of the service, and not of what was used.
pub(super) const SERVICE: [&str; 3] = ["credit", "service level", "sla"];

#[cfg(test)]
mod tests {
    use longshore_units::bare;

    use super::*;

    #[test]
    fn every_word_is_found_as_it_is_compared() {
        let titles = TITLES.iter().flat_map(|(_, words)| words.iter());
        let labels = LABELS.iter().flat_map(|(_, words)| words.iter());
        for word in titles.chain(labels).chain(&SUMS).chain(&SURCHARGE).chain(&OVERAGE).chain(&INCLUDED) {
            assert_eq!(bare(word), **word);
        }
    }
}
