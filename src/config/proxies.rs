//! Which machines are proxies of ours: what they say of where a request comes from is believed.

use std::net::IpAddr;

/// Proxies, by address or by network. One on this machine always is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<(IpAddr, u8)>);

impl Proxies {
    /// Reads a list such as `10.0.0.7, fd00::/8`; says which entry is none.
    pub fn parse(list: &str) -> Result<Self, String> {
        let entries = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let read =
            |entry: &str| network(entry).ok_or_else(|| format!("{entry:?} is no address and no network"));
        entries.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address is one of a proxy.
    pub fn trust(&self, address: IpAddr) -> bool {
        address.is_loopback() || self.0.iter().any(|(network, bits)| holds(*network, *bits, address))
    }
}

fn network(entry: &str) -> Option<(IpAddr, u8)> {
    let (address, bits) =
        entry.split_once('/').map_or((entry, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Some(most), |bits| bits.parse().ok())?;
    (bits <= most).then_some((address, bits))
}

/// Whether the first bits of two addresses are the same.
fn holds(network: IpAddr, bits: u8, address: IpAddr) -> bool {
    let differ = match (network, address) {
        (IpAddr::V4(one), IpAddr::V4(other)) => u128::from(u32::from(one) ^ u32::from(other)) << 96,
        (IpAddr::V6(one), IpAddr::V6(other)) => u128::from(one) ^ u128::from(other),
        _ => return false,
    };
    differ.leading_zeros() >= u32::from(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_what_begins_like_them() {
        let proxies = Proxies::parse("10.1.0.0/16, 192.0.2.7, fd00::/8").unwrap();
        for (address, is_one) in [
            ("10.1.255.255", true),
            ("10.2.0.0", false),
            ("192.0.2.7", true),
            ("192.0.2.8", false),
            ("fd12::1", true),
            ("fe80::1", false),
            ("127.0.0.1", true),
            ("::1", true),
        ] {
            assert_eq!(proxies.trust(address.parse().unwrap()), is_one, "{address}");
        }
        assert!(Proxies::parse("0.0.0.0/0").unwrap().trust("203.0.113.9".parse().unwrap()));
        assert!(!Proxies::parse("").unwrap().trust("203.0.113.9".parse().unwrap()));
    }

    #[test]
    fn what_is_no_network_is_named() {
        for wrong in ["proxy.example", "10.0.0.0/33", "10.0.0.0/x", "1.2.3"] {
            assert!(Proxies::parse(&format!("10.0.0.1,{wrong}")).unwrap_err().contains(wrong), "{wrong}");
        }
    }
}
