//! Ranges of addresses among the internal hosts: `10.0.0.0/8`.

use std::net::Ipv4Addr;

/// All machines whose addresses begin with the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    begin: u32,
    mask: u32,
}

impl Network {
    /// `None` for what is no range.
    pub(super) fn of(written: &str) -> Option<Self> {
        let (address, bits) = written.trim().split_once('/')?;
        let address: Ipv4Addr = address.parse().ok()?;
        let bits: u32 = bits.parse().ok().filter(|bits| *bits <= 32)?;
        let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
        Some(Self { begin: u32::from(address) & mask, mask })
    }

    /// Whether `host` is the address of one of them.
    pub(super) fn holds(self, host: &str) -> bool {
        address(host).is_some_and(|address| u32::from(address) & self.mask == self.begin)
    }
}

/// The address that a host is called by: plain, as clouds name machines after it, or as the one who asks backwards writes it.
fn address(host: &str) -> Option<Ipv4Addr> {
    let reversed = |turned: &str| turned.rsplit('.').collect::<Vec<_>>().join(".");
    let named =
        || host.strip_prefix("ip-").map(|rest| rest.split('.').next().unwrap_or(rest).replace('-', "."));
    let asked = || host.strip_suffix(".in-addr.arpa").map(reversed);
    host.parse().ok().or_else(|| named().or_else(asked)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::Network;

    #[test]
    fn an_address_is_in_the_range_it_begins_like() {
        let network = Network::of("10.77.3.1/16").unwrap();
        assert!(network.holds("10.77.0.0") && network.holds("10.77.255.255"));
        assert!(network.holds("ip-10-77-3-4.ec2.internal") && network.holds("4.3.77.10.in-addr.arpa"));
        assert!(!network.holds("ip-10-78-3-4") && !network.holds("10.77.3.4.in-addr.arpa"));
        assert!(!network.holds("10.78.0.0") && !network.holds("wiki.example") && !network.holds("10.77.1"));
        assert!(Network::of("0.0.0.0/0").unwrap().holds("8.8.8.8"));
        assert!(Network::of("1.2.3.4/32").unwrap().holds("1.2.3.4"));
        assert_eq!(
            [Network::of("10.0.0.0/33"), Network::of("wiki.example/8"), Network::of("10.0.0.1")],
            [None; 3]
        );
    }
}
