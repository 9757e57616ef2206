//! Random amendments.

use super::{Choices, RandomContract, quoted};

/// The text of up to four amendments of a contract, each of which can be applied whatever the others do. Their days of
/// knowledge and of effect are in any order.
pub fn amendments(contract: &RandomContract, choices: &mut Choices<'_>) -> String {
    let mut text = String::new();
    let mut ended: Vec<&str> = Vec::new();
    for number in 0..choices.below(5) {
        let known = choices.pick(&["2027-05-01", "2027-12-20", "2028-06-15", "2028-09-01", "2026-12-01"]);
        let effective = choices.pick(&["2028-03-01", "2028-06-15", "2028-07-01", "2028-11-10", "2028-04-30"]);
        text += &format!("\n[[amendment]]\nname = \"Amendment {number}\"\nknown = {known}\neffective = {effective}\n");
        let mut added = String::new();
        for change in 0..1 + choices.below(3) {
            // What one amendment ends or renames no other touches.
            let untouched: Vec<_> =
                contract.charges.iter().filter(|charge| !ended.contains(&charge.name.as_str())).collect();
            match choices.below(8) {
                0 | 1 => {
                    let price = untouched.iter().filter(|charge| charge.has_each).nth(change);
                    if let Some(charge) = price {
                        let each = choices.pick(&["0.4", "2/7", "3"]);
                        text += &format!("set.charge.{}.each = \"{each}\"\n", quoted(&charge.name));
                    }
                }
                2 => {
                    let amount = untouched.iter().filter(|charge| charge.has_amount).nth(change);
                    if let Some(charge) = amount {
                        text += &format!("set.charge.{}.amount = \"1200\"\n", quoted(&charge.name));
                    }
                }
                3 if ended.is_empty() => {
                    let is_set = |name: &str| text.contains(&format!("set.charge.{}.", quoted(name)));
                    let is_free = |name: &String| !contract.referred.contains(name) && !is_set(name);
                    let free = untouched.iter().find(|charge| is_free(&charge.name));
                    // A contract keeps a charge.
                    if let Some(charge) = free.filter(|_| 1 < contract.charges.len()) {
                        text += &format!("end = [{}]\n", quoted(&charge.name));
                        ended.push(&charge.name);
                    }
                }
                4 if !added.contains("charge") => {
                    let desk =
                        format!("name = \"desk {number}\"\namount = \"800\"\nper = \"month\"\nprorate = \"none\"\n");
                    added += &format!("\n[[amendment.add.charge]]\n{desk}");
                }
                5 => {
                    if let Some(minimum) = contract.minimums.get(change) {
                        text += &format!("set.minimum.{}.amount = \"500\"\n", quoted(minimum));
                    }
                }
                6 => {
                    if let Some(sla) = contract.slas.get(change) {
                        text += &format!("set.sla.{}.grace = \"3 months\"\n", quoted(sla));
                    }
                }
                _ if change == 0 => text += "set.round.how = \"half-even\"\nset.buyer = \"Ridgeline Outdoor\"\n",
                _ => {}
            }
        }
        // At most one amendment renames a charge, which the others then leave alone.
        if choices.chance(30)
            && ended.is_empty()
            && let Some(charge) = contract.charges.first()
        {
            let is_set = text.contains(&format!("set.charge.{}.", quoted(&charge.name)));
            if !is_set {
                text += &format!("rename = {{ {} = \"renamed {number}\" }}\n", quoted(&charge.name));
                ended.push(&charge.name);
            }
        }
        if !text.contains("set.ends") && contract.ends.is_some() && choices.chance(20) {
            text += "set.ends = 2030-06-30\n";
        }
        if choices.chance(20) {
            let free = "when = { queue = \"nobody\" }\nunit = \"contact\"\neach = \"7\"\n";
            added += &format!(
                "\n[[amendment.add.discount]]\nname = \"later discount {number}\"\non = [\"new {number}\"]\npercent = \"5\"\n"
            );
            added += &format!("\n[[amendment.add.charge]]\nname = \"new {number}\"\n{free}");
        }
        text += &added;
    }
    text
}
