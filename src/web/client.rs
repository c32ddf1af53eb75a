//! Where a request comes from, as far as the throttle needs it: a network, and a device that is known.
//! Neither is kept or logged.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::app::App;
use crate::config::{BaseUrl, Proxies};
use crate::domain::accounts::devices;
use crate::domain::accounts::throttle::Client;

/// Who sends a request.
pub fn of(request: &HttpRequest, app: &App) -> Client {
    let cookie = request.cookie(cookie_name(&app.base_url));
    Client {
        network: network(request, &app.proxies),
        devices: cookie.map(|cookie| cookie.value().to_owned()).unwrap_or_default(),
    }
}

/// The cookie by which a device is known again: for the desk only, and it opens nothing.
pub fn known_device(app: &App, tokens: String) -> Cookie<'static> {
    Cookie::build(cookie_name(&app.base_url), tokens)
        .path("/admin")
        .http_only(true)
        .secure(app.base_url.is_https())
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(devices::LIFE.as_secs()))
        .finish()
}

fn cookie_name(base_url: &BaseUrl) -> &'static str {
    if base_url.is_https() { "__Secure-onrecord-device" } else { "onrecord-device" }
}

/// The network that a request comes from: behind a proxy of ours the one that it names. `None` where there
/// is only a proxy, which names none: then all the world would be one network.
fn network(request: &HttpRequest, proxies: &Proxies) -> Option<String> {
    let peer = request.peer_addr()?.ip().to_canonical();
    if !proxies.trust(peer) {
        return Some(name(peer));
    }
    let headers = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let named: Vec<&str> = headers.flat_map(|value| value.split(',')).map(str::trim).collect();
    // Each proxy adds at the end whom it heard; what stands before the first stranger is the stranger's tale.
    for entry in named.into_iter().rev() {
        let address = address(entry)?.to_canonical();
        if !proxies.trust(address) {
            return Some(name(address));
        }
    }
    None
}

/// An address as proxies write it, some with a port.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

/// A household, not a machine: with IPv6 the first 64 bits (RFC 6177).
fn name(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(peer: &str, forwarded: &[&str], proxies: &str) -> Option<String> {
        let mut request = TestRequest::default().peer_addr(peer.parse().unwrap());
        for value in forwarded {
            request = request.append_header(("x-forwarded-for", *value));
        }
        network(&request.to_http_request(), &Proxies::parse(proxies).unwrap())
    }

    #[test]
    fn a_stranger_is_who_connects_whatever_they_say() {
        assert_eq!(seen("203.0.113.9:4000", &["198.51.100.1"], "").as_deref(), Some("203.0.113.9"));
        assert_eq!(seen("203.0.113.9:4000", &[], "").as_deref(), Some("203.0.113.9"));
        assert_eq!(seen("[::ffff:203.0.113.9]:4000", &[], "").as_deref(), Some("203.0.113.9"));
    }

    #[test]
    fn a_proxy_of_ours_is_believed_as_to_whom_it_heard() {
        let here = "127.0.0.1:4000";
        assert_eq!(seen(here, &["198.51.100.1"], "").as_deref(), Some("198.51.100.1"));
        assert_eq!(seen(here, &["10.9.9.9, 198.51.100.1"], "").as_deref(), Some("198.51.100.1"));
        assert_eq!(seen(here, &["1.1.1.1", "198.51.100.1"], "").as_deref(), Some("198.51.100.1"));
        assert_eq!(seen(here, &["198.51.100.1:555"], "").as_deref(), Some("198.51.100.1"));
        assert_eq!(seen(here, &["[2001:db8:1:2:3:4:5:6]:555"], "").as_deref(), Some("2001:db8:1:2::/64"));
        let far = seen("10.0.0.2:4000", &["203.0.113.9, 198.51.100.1, 10.0.0.1"], "10.0.0.0/8");
        assert_eq!(far.as_deref(), Some("198.51.100.1"));
    }

    #[test]
    fn a_proxy_that_names_nobody_hides_everybody() {
        assert_eq!(seen("127.0.0.1:4000", &[], ""), None);
        assert_eq!(seen("127.0.0.1:4000", &["unknown"], ""), None);
        assert_eq!(seen("127.0.0.1:4000", &["198.51.100.1, unknown"], ""), None);
        assert_eq!(seen("10.0.0.2:4000", &["10.0.0.1"], "10.0.0.0/8"), None);
    }

    #[test]
    fn with_ipv6_a_network_is_64_bits() {
        let one = seen("[2001:db8:1:2:3:4:5:6]:1", &[], "");
        assert_eq!(one.as_deref(), Some("2001:db8:1:2::/64"));
        assert_eq!(one, seen("[2001:db8:1:2:ffff::]:1", &[], ""));
        assert_ne!(one, seen("[2001:db8:1:3::1]:1", &[], ""));
    }
}
