//! todo
use crate::failure::Failure;
pub fn run(_: &crate::arguments::Compare) -> Result<(), Failure> {
    Err(Failure::Bug(anyhow::anyhow!("todo")))
}
