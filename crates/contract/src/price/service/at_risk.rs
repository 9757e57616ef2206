//! The amount at risk: the most that all credits together take.

use std::collections::{BTreeMap, BTreeSet};

use longshore_units::{Amount, Exact, Factor, Month, RoundHow};

use super::credit::Owed;
use super::{Credit, affected, percent};
use crate::price::bill::Bill;
use crate::price::draft::amount_detail;
use crate::{Per, RoundAt};

/// All charges that any SLA term affects, from a month on.
pub(super) fn charges(bill: &Bill<'_>, from: Month) -> Amount {
    let mut on: Vec<usize> = bill.contract.slas.iter().flat_map(|sla| sla.on.iter().copied()).collect();
    on.sort_unstable();
    on.dedup();
    affected(bill, &on, from)
}

/// The amounts at risk of a month, by the first month of each period that an SLA term has: reckoned once, however many terms
/// share them.
pub(super) struct AtRisk(BTreeMap<Month, Amount>);

impl AtRisk {
    /// The contract's cap of all charges that any SLA term affects. None where the contract names none.
    pub fn of(bill: &Bill<'_>) -> AtRisk {
        let Some(at_risk) = &bill.contract.at_risk else { return AtRisk(BTreeMap::new()) };
        let firsts: BTreeSet<Month> =
            bill.contract.slas.iter().map(|sla| sla.per.period(bill.term, bill.month).0).collect();
        AtRisk(firsts.into_iter().map(|first| (first, &charges(bill, first) * &at_risk.cap)).collect())
    }

    /// What is at risk since the first month of a term's period.
    pub fn since(&self, first: Month) -> Amount {
        self.0.get(&first).cloned().unwrap_or_else(Amount::zero)
    }
}

/// What terms take, rounded and limited.
///
/// Terms of one period share its amount at risk, the shortest first: those of the month have the month's, those of the
/// quarter have the quarter's less what was credited within it already. Where it does not suffice, each has its part, so
/// that the parts sum to the amount (largest remainder).
pub(super) fn limited(bill: &Bill<'_>, amounts: &AtRisk, owed: Vec<Owed>) -> Vec<Credit> {
    let rounded = |owed: Owed| Credit { amount: bill.rounded(&owed.amount), detail: owed.detail };
    let Some(at_risk) = &bill.contract.at_risk else { return owed.into_iter().map(rounded).collect() };
    let pers: Vec<Per> = owed.iter().map(|owed| owed.per).collect();
    let exact: Vec<Amount> = owed.iter().map(|owed| owed.amount.clone()).collect();
    let mut credits: Vec<Credit> = owed.into_iter().map(rounded).collect();
    let mut taken = Amount::zero();
    for per in Per::ALL {
        let group: Vec<usize> = (0..pers.len()).filter(|position| pers[*position] == per).collect();
        let asked: Amount = group.iter().map(|position| credits[*position].amount.clone()).sum();
        if asked.is_zero() {
            continue;
        }
        let (first, _) = per.period(bill.term, bill.month);
        let room = &(&amounts.since(first) - &credited(bill, per, first)) - &taken;
        if room < asked {
            let parts =
                parted(bill, &room.max(Amount::zero()), group.iter().map(|position| &exact[*position]).collect());
            let rule =
                format!("all credits of a {} come to {} of its charges at most", per.word(), percent(&at_risk.cap));
            for (position, part) in group.iter().zip(parts) {
                let credit = &mut credits[*position];
                let whole: Amount = credit.detail.iter().map(|detail| detail.amount.clone()).sum();
                credit.detail.push(amount_detail(rule.clone(), &-&whole - &part));
                credit.amount = part;
            }
        }
        taken += &group.iter().map(|position| credits[*position].amount.clone()).sum();
    }
    credits
}

/// What terms of a period or a shorter one were credited in its earlier months.
fn credited(bill: &Bill<'_>, per: Per, first: Month) -> Amount {
    let slas = bill.contract.slas.iter().filter(|sla| sla.per <= per);
    let names: Vec<&String> = slas.map(|sla| &sla.name).collect();
    let earlier = bill.ledger.between(first, bill.month);
    earlier
        .flat_map(|(_, closed)| names.iter().filter_map(|name| closed.slas.get(*name)))
        .map(|sla| sla.credit.clone())
        .sum()
}

/// The parts of an amount by what each term asks for. They sum to it, rounded down to the contract's step.
fn parted(bill: &Bill<'_>, amount: &Amount, asked: Vec<&Amount>) -> Vec<Amount> {
    let all: Amount = asked.iter().map(|asked| (*asked).clone()).sum();
    let share = |asked: &Amount| asked.0.divided_by(&all.0).unwrap_or_else(Exact::zero);
    if bill.contract.round.at == RoundAt::Invoice {
        return asked.into_iter().map(|asked| amount * &Factor(share(asked))).collect();
    }
    let (step, one) = (bill.contract.round.rounding.to(), Exact::one());
    let down = |number: &Exact| number.rounded_to(&one, RoundHow::Down);
    let steps = down(&amount.0.divided_by(step).expect("a step is above 0"));
    let exact: Vec<Exact> = asked.into_iter().map(|asked| &steps * &share(asked)).collect();
    let mut whole: Vec<Exact> = exact.iter().map(down).collect();
    let left = whole.iter().fold(steps, |left, part| &left - part).to_i128().unwrap_or(0);
    let mut order: Vec<usize> = (0..exact.len()).collect();
    // The largest remainder first, of equal ones the first term's.
    order.sort_by(|one, other| (&exact[*other] - &whole[*other]).cmp(&(&exact[*one] - &whole[*one])));
    for position in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        whole[position] = &whole[position] + &one;
    }
    whole.into_iter().map(|part| Amount(&part * step)).collect()
}
