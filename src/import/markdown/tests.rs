use crate::import::{Wanted, import};
