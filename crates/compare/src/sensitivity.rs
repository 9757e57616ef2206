//! What the order of the options hangs on: uncertain figures one by one, volume, and the prices of contracts.
//!
//! All of it is played on run 1 of the plan's own figures, and told as the difference from there: the same customers meet
//! every variant, so that a difference shows the figure and hardly chance.

use longshore_business_case::BusinessCase;
use longshore_units::{Exact, Money};
use rayon::prelude::*;

use crate::load::ComingBack;
use crate::money::rounded;
use crate::run::{Contracts, play};
use crate::summary::OptionSummary;
use crate::{CompareError, Plan};

/// What the order of the options hangs on.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The uncertain figures, by what they do to the cheapest option's cost, largest first.
    pub drivers: Vec<Driver>,
    /// What each option costs with other volumes.
    pub volumes: Vec<VolumePoint>,
    /// The contacts that the plan counts a year, returns under today's teams included: what factors of the volume are of.
    pub contacts_a_year: f64,
    /// Where, with more or fewer contacts, another option becomes cheaper than the cheapest.
    pub crossings: Vec<Crossing>,
    /// How far each option's contract is from making it the cheapest, or from costing the cheapest its place.
    pub break_evens: Vec<BreakEven>,
}

/// An uncertain figure, alone at its ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Which figure: `volume`, `resolved`.
    pub what: String,
    /// Of what: a queue, a team, a series. `None` for all that have one.
    pub of: Option<String>,
    /// The factor at its low end.
    pub low: f64,
    /// The factor at its high end.
    pub high: f64,
    /// What each option costs more (or less) there, in the order of the comparison: at the low end and at the high.
    pub changes: Vec<(Money, Money)>,
    /// The cheapest option at the low end, if it is another: its place in the comparison.
    pub flips_low: Option<usize>,
    /// The same at the high end.
    pub flips_high: Option<usize>,
    /// What it would be worth to know the figure before choosing: how much lower the expected cost is of who chooses
    /// knowing it. Both ends weigh 0.3, the middle 0.4 (Swanson's rule), which keeps mean and variance of such a spread.
    pub worth_knowing: Money,
}

/// The cost of all options with another volume.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumePoint {
    /// The contacts, of the plan's.
    pub factor: f64,
    /// The cost of each option in the order of the comparison.
    pub costs: Vec<Money>,
}

/// A volume at which two options cost the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The option that is cheaper beyond, by its place in the comparison.
    pub option: usize,
    /// The contacts, of the plan's.
    pub factor: f64,
}

/// A price at which two options cost the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEven {
    /// The option whose contract is meant, by its place in the comparison.
    pub option: usize,
    /// By which share all its contracts' prices change until it costs what the cheapest does; for the cheapest, until the
    /// second costs no more. Below 0 where they must fall.
    pub change: f64,
}

/// The volumes that are tried for all options, of the plan's.
const VOLUMES: [f64; 2] = [0.5, 2.0];

/// The least and the largest at which a crossing is looked for, where costs seem to meet beyond those.
const FURTHEST: [f64; 2] = [0.25, 4.0];

/// Options whose costs differ by less of the cheapest's cost the same: they have no order that a volume could change.
const TIE: f64 = 0.005;

/// How often a crossing is narrowed down, between two volumes that differ by more than this share.
const NARROWED: usize = 2;
const NARROW: f64 = 0.03;

/// How many runs of options this takes beside the narrowing.
pub(crate) fn jobs(case: &BusinessCase) -> usize {
    case.options.len() * (1 + 2 * case.decide.uncertain.len() + VOLUMES.len())
}

/// What the order of ranked options hangs on. `options` are in the order of the comparison.
///
/// # Errors
/// The first of what keeps a variant from being sized, simulated or priced.
pub(crate) fn sensitivity(
    case: &BusinessCase,
    options: &[OptionSummary],
    variants: &Variants<'_>,
    progress: &(impl Fn() + Sync),
) -> Result<Sensitivity, CompareError> {
    let base = &variants.base;
    // The mean of all runs stands for the plan; a variant moves it as it moves run 1.
    let at = |costs: &[Exact]| -> Vec<Exact> {
        let means = options.iter().map(|option| option.cost.mean.to_amount().0);
        means.zip(costs.iter().zip(base)).map(|(mean, (cost, base))| &mean + &(cost - base)).collect()
    };
    let ranked = |place: &usize| options[*place].rank.is_some();
    let cheapest =
        |costs: &[Exact]| (0..costs.len()).filter(ranked).min_by(|one, other| costs[*one].cmp(&costs[*other]));
    let plan = at(base);
    let winner = cheapest(&plan);
    let money = |amount: &Exact| rounded(amount, case.currency).ok_or(CompareError::TooLarge(case.currency));

    let ends = case.decide.uncertain.iter().enumerate().flat_map(|(place, uncertain)| {
        [uncertain.low, uncertain.high].map(|factor| {
            let mut factors = vec![1.0; case.decide.uncertain.len()];
            factors[place] = factor;
            case.under(&factors)
        })
    });
    let varied: Vec<BusinessCase> = ends.chain(VOLUMES.map(|factor| case.with_volume(factor))).collect();
    let mut costs = variants.costs(&varied, progress)?.into_iter().map(|costs| at(&costs));
    let mut next = || costs.next().expect("each variant has its costs");

    let mut drivers = Vec::new();
    for uncertain in &case.decide.uncertain {
        let (low, high) = (next(), next());
        let changes = plan.iter().zip(low.iter().zip(&high));
        let changes = changes.map(|(plan, (low, high))| Ok((money(&(low - plan))?, money(&(high - plan))?)));
        let other = |costs: &[Exact]| cheapest(costs).filter(|place| Some(*place) != winner);
        drivers.push(Driver {
            what: uncertain.figure.word().to_owned(),
            of: uncertain.figure.of(case).map(ToOwned::to_owned),
            low: uncertain.low,
            high: uncertain.high,
            flips_low: other(&low),
            flips_high: other(&high),
            worth_knowing: money(&worth_knowing([&low, &plan, &high], cheapest))?,
            changes: changes.collect::<Result<_, _>>()?,
        });
    }
    let effect = |driver: &Driver| {
        let (low, high) = winner.map_or((0, 0), |winner| {
            let (low, high) = driver.changes[winner];
            (low.minor, high.minor)
        });
        high.max(low).max(0) - high.min(low).min(0)
    };
    drivers.sort_by_key(|driver| std::cmp::Reverse(effect(driver)));

    let mut curve: Vec<(f64, Vec<Exact>)> = vec![(1.0, plan.clone())];
    curve.extend(VOLUMES.map(|factor| (factor, next())));
    curve.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let in_order = |place: &usize| {
        let winner = winner.filter(|winner| winner != place && options[*place].rank.is_some())?;
        let (ahead, all) = ((&plan[*place] - &plan[winner]).to_f64(), plan[winner].to_f64());
        (TIE * all.abs() <= ahead.abs()).then_some((winner, *place))
    };
    let pairs: Vec<(usize, usize, Way)> = (0..options.len())
        .filter_map(|place| in_order(&place))
        .flat_map(|(winner, place)| [Way::Down, Way::Up].map(|way| (winner, place, way)))
        .collect();
    let crossings: Vec<Result<Option<Crossing>, CompareError>> = pairs
        .into_par_iter()
        .map(|(winner, place, way)| {
            let lead = |factor: f64| -> Result<f64, CompareError> {
                let varied = case.with_volume(factor);
                let today = variants.today.in_future(&varied)?;
                let of = |place: usize| Ok(&variants.cost(&varied, &today, place)? + &(&plan[place] - &base[place]));
                let (behind, ahead) = rayon::join(|| of(place), || of(winner));
                Ok((&behind? - &ahead?).to_f64())
            };
            let known = curve.iter().map(|(factor, costs)| (*factor, (&costs[place] - &costs[winner]).to_f64()));
            Ok(crossing(known.collect(), way, lead)?.map(|factor| Crossing { option: place, factor }))
        })
        .collect();
    let crossings: Vec<Option<Crossing>> = crossings.into_iter().collect::<Result<_, _>>()?;
    let mut crossings: Vec<Crossing> = crossings.into_iter().flatten().collect();
    crossings.sort_by(|one, other| one.factor.ln().abs().total_cmp(&other.factor.ln().abs()));
    let volumes = curve.iter().map(|(factor, costs)| {
        Ok(VolumePoint { factor: *factor, costs: costs.iter().map(money).collect::<Result<_, _>>()? })
    });
    Ok(Sensitivity {
        contacts_a_year: variants.today.contacts() * 12.0 / f64::from(case.decide.months),
        volumes: volumes.collect::<Result<_, CompareError>>()?,
        break_evens: break_evens(options),
        drivers,
        crossings,
    })
}

/// Plays options of a varied case.
pub(crate) struct Variants<'v> {
    case: &'v BusinessCase,
    /// The options of the comparison, by their places in the case.
    pub places: Vec<usize>,
    /// What comes back in the case as it is,
    pub today: &'v ComingBack,
    /// and the options' plans for it.
    plans: &'v [Plan],
    contracts: &'v [Contracts<'v>],
    seed: u64,
    /// What each option of the comparison costs in run 1 of the case as it is.
    pub base: Vec<Exact>,
}

impl<'v> Variants<'v> {
    /// Of options in the order of the comparison.
    ///
    /// # Errors
    /// The first of what keeps the case as it is from being simulated or priced.
    pub fn of(
        case: &'v BusinessCase,
        options: &[OptionSummary],
        (today, plans, contracts): (&'v ComingBack, &'v [Plan], &'v [Contracts<'v>]),
        seed: u64,
        progress: &(impl Fn() + Sync),
    ) -> Result<Variants<'v>, CompareError> {
        let place = |option: &OptionSummary| case.options.iter().position(|other| other.id == option.option);
        let places: Option<Vec<usize>> = options.iter().map(place).collect();
        let places = places.expect("a comparison has the options of its case");
        let costs: Vec<Result<Exact, CompareError>> = places
            .par_iter()
            .map(|option| {
                let cost = play(case, &plans[*option], &contracts[*option], seed, 1).map(|run| run.total());
                progress();
                cost
            })
            .collect();
        let base = costs.into_iter().collect::<Result<_, _>>()?;
        Ok(Variants { case, places, today, plans, contracts, seed, base })
    }

    /// What each option of each varied case costs in run 1, in the order of the comparison.
    fn costs(&self, varied: &[BusinessCase], progress: &(impl Fn() + Sync)) -> Result<Vec<Vec<Exact>>, CompareError> {
        let today: Vec<Result<ComingBack, CompareError>> =
            varied.par_iter().map(|varied| self.today.in_future(varied)).collect();
        let today: Vec<ComingBack> = today.into_iter().collect::<Result<_, _>>()?;
        let options = self.places.len();
        let costs: Vec<Result<Exact, CompareError>> = (0..varied.len() * options)
            .into_par_iter()
            .with_max_len(1) // An option may take four times as long as another.
            .map(|at| {
                let cost = self.cost(&varied[at / options], &today[at / options], at % options);
                progress();
                cost
            })
            .collect();
        let costs: Vec<Exact> = costs.into_iter().collect::<Result<_, _>>()?;
        Ok(costs.chunks(options.max(1)).map(<[Exact]>::to_vec).collect())
    }

    /// What an option, by its place in the comparison, costs in run 1 of a varied case.
    pub fn cost(&self, varied: &BusinessCase, today: &ComingBack, place: usize) -> Result<Exact, CompareError> {
        if self.is_untouched(varied, place) {
            return Ok(self.base[place].clone());
        }
        let option = self.places[place];
        let plan = self.plans[option].again(varied, today)?;
        Ok(play(varied, &plan, &self.contracts[option], self.seed, 1)?.total())
    }

    /// Whether a varied case differs from the case as it is in other options alone. Today's, from which every option's
    /// contacts follow, is another for none.
    fn is_untouched(&self, varied: &BusinessCase, place: usize) -> bool {
        let mut alike = varied.clone();
        for (at, option) in alike.options.iter_mut().enumerate() {
            if at != self.places[place] && option.id != BusinessCase::TODAY {
                option.clone_from(&self.case.options[at]);
            }
        }
        alike == *self.case
    }
}

/// How much lower the expected cost is of who knows the figure before choosing. `costs` are those of all options at the
/// low end, in the middle and at the high end.
fn worth_knowing(costs: [&Vec<Exact>; 3], cheapest: impl Fn(&[Exact]) -> Option<usize>) -> Exact {
    let weights = [3, 4, 3].map(|tenths| Exact::ratio(tenths, 10).expect("10 is not 0"));
    let weighed = |of: &dyn Fn(&[Exact]) -> Exact| {
        costs.iter().zip(&weights).fold(Exact::zero(), |sum, (costs, weight)| &sum + &(&of(costs) * weight))
    };
    let expected: Vec<Exact> = (0..costs[0].len()).map(|place| weighed(&|costs| costs[place].clone())).collect();
    let Some(chosen) = cheapest(&expected) else { return Exact::zero() };
    let knowing = weighed(&|costs| cheapest(costs).map_or_else(Exact::zero, |place| costs[place].clone()));
    &expected[chosen] - &knowing
}

/// Whether fewer contacts than planned are looked at, or more.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Down,
    Up,
}

/// The volume nearest to the plan's at which a lead is lost, between the volumes where it is known; `lead` tells it
/// elsewhere. The lead is positive at the plan's volume, or there is none to lose.
fn crossing(
    known: Vec<(f64, f64)>,
    way: Way,
    lead: impl Fn(f64) -> Result<f64, CompareError>,
) -> Result<Option<f64>, CompareError> {
    let mut outward: Vec<(f64, f64)> = match way {
        Way::Up => known.into_iter().filter(|(factor, _)| 1.0 <= *factor).collect(),
        Way::Down => known.into_iter().rev().filter(|(factor, _)| *factor <= 1.0).collect(),
    };
    if outward.first().is_none_or(|(_, lead)| *lead <= 0.0) {
        return Ok(None);
    }
    // Costs bend little in volume, so the line between two of them nearly tells where they meet.
    let between =
        |(one, ahead): (f64, f64), (other, behind): (f64, f64)| one + (other - one) * ahead / (ahead - behind);
    let (mut here, mut there) = match outward.iter().position(|(_, lead)| *lead < 0.0) {
        Some(beyond) => (outward[beyond - 1], outward.swap_remove(beyond)),
        None => {
            let [.., before, last] = outward[..] else { return Ok(None) };
            let meets = between(before, last);
            // A little further than they seem to meet, to be sure of it.
            let further = last.0 + 1.15 * (meets - last.0);
            let further = match way {
                Way::Up if last.0 < meets && meets <= FURTHEST[1] => further.min(FURTHEST[1]),
                Way::Down if FURTHEST[0] <= meets && meets < last.0 => further.max(FURTHEST[0]),
                Way::Up | Way::Down => return Ok(None),
            };
            (last, (further, lead(further)?))
        }
    };
    if 0.0 <= there.1 {
        return Ok(None);
    }
    for _ in 0..NARROWED {
        if (there.0 - here.0).abs() <= NARROW * here.0 {
            break;
        }
        let factor = between(here, there);
        let ahead = lead(factor)?;
        if 0.0 < ahead {
            here = (factor, ahead);
        } else {
            there = (factor, ahead);
        }
    }
    Ok(Some(between(here, there)))
}

/// By which share the prices of each option's contracts must change to tie with the cheapest; of the cheapest, to tie with
/// the second.
fn break_evens(options: &[OptionSummary]) -> Vec<BreakEven> {
    let ranked: Vec<usize> = (0..options.len()).filter(|place| options[*place].rank.is_some()).collect();
    let [winner, second, ..] = ranked[..] else { return Vec::new() };
    let change = |place: usize| {
        let against = if place == winner { second } else { winner };
        let charges = options[place].charges_total.minor;
        let gap = options[against].cost.mean.minor - options[place].cost.mean.minor;
        (0 < charges).then(|| BreakEven { option: place, change: gap as f64 / charges as f64 })
    };
    ranked.iter().filter_map(|place| change(*place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_is_found_where_the_lead_is_lost() {
        let lead = |factor: f64| 3.0 - factor * factor;
        let known = |factors: &[f64]| factors.iter().map(|factor| (*factor, lead(*factor))).collect::<Vec<_>>();
        let found = crossing(known(&[0.25, 0.5, 1.0, 2.0, 4.0]), Way::Up, |factor| Ok(lead(factor))).unwrap().unwrap();
        assert!((found - 3f64.sqrt()).abs() < 0.01, "{found}");
        let none = crossing(known(&[0.25, 0.5, 1.0, 2.0, 4.0]), Way::Down, |factor| Ok(lead(factor))).unwrap();
        assert_eq!(none, None);
    }

    #[test]
    fn knowing_is_worth_what_choosing_otherwise_saves() {
        let costs = |one: i128, other: i128| vec![Exact::from(one), Exact::from(other)];
        let (low, plan, high) = (costs(100, 90), costs(100, 110), costs(100, 150));
        let cheapest = |costs: &[Exact]| (0..2).min_by(|one, other| costs[*one].cmp(&costs[*other]));
        // Without knowing, the first: 100. Who knows takes the second at the low end: 0.3 × 10 less.
        assert_eq!(worth_knowing([&low, &plan, &high], cheapest), Exact::from(3i128));
        assert_eq!(worth_knowing([&plan, &plan, &high], cheapest), Exact::zero());
    }
}
