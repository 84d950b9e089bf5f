//! What clients get that are broken, slow, or mean it.

use super::*;

#[test]
fn a_giant_body_is_refused_without_being_awaited() {
    let server = serve();
    let start = Instant::now();
    let post = server.say("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\nabc");
    assert_eq!((post.status, post.field("Allow")), (405, Some("GET, HEAD")));
    assert_eq!(server.get("/", "Content-Length: 99999999999999\r\n").status, 413);
    assert_eq!(server.get("/", "Content-Length: 1\r\nContent-Length: 2\r\n").status, 400);
    assert!(start.elapsed() < Duration::from_secs(3));
    assert_eq!(server.get("/", "").status, 200);
}

#[test]
fn the_refusal_arrives_even_when_the_client_is_still_sending() {
    let server = serve();
    let body = "x".repeat(200_000);
    let said =
        server.say(&format!("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n{body}"));
    assert_eq!((said.status, said.field("Connection")), (405, Some("close")));
}

#[test]
fn a_head_without_end_is_cut_off() {
    let server = serve();
    assert_eq!(server.say(&format!("GET /{}", "a".repeat(100_000))).status, 414);
    assert_eq!(server.say(&format!("GET / HTTP/1.1\r\n{}", "X: y\r\n".repeat(20_000))).status, 431);
    assert_eq!(server.say("\u{0}\u{1}\u{2}\n").status, 400);
}

#[test]
fn half_a_request_and_silence_both_end() {
    let server = serve_with(Duration::from_millis(200), Duration::from_millis(300));
    let start = Instant::now();
    assert_eq!(server.say("GET / HTTP/1.1\r\nHost:").status, 408);
    let mut drip = server.connect();
    let mut sent = 0;
    while drip.write_all(b"G").is_ok() && sent < 100 {
        sent += 1;
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(sent < 60, "a client that drips is cut off after the time for a whole head, not after each byte");
    assert_eq!(server.say("").status, 0);
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn clients_that_reset_harm_nobody() {
    let server = serve();
    for n in 0..200 {
        let mut stream = server.connect();
        if n % 2 == 0 {
            let _ = stream.write_all(b"GET /long.css HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        // Closing with unread answers resets the connection.
        drop(stream);
    }
    assert_eq!(server.get("/", "").status, 200);
}

#[test]
fn three_hundred_idle_and_slow_clients_do_not_starve_a_reader() {
    let server = serve();
    let mut held: Vec<TcpStream> = (0..300).map(|_| server.connect()).collect();
    for slow in held.iter_mut().step_by(2) {
        slow.write_all(b"GET / HTTP/1.1\r\nHost: lo").unwrap();
    }
    let mut slowest = Duration::ZERO;
    for _ in 0..40 {
        let start = Instant::now();
        assert_eq!(server.get("/", "").status, 200);
        slowest = slowest.max(start.elapsed());
    }
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}

#[test]
fn five_hundred_requests_at_once_are_all_answered() {
    let server = serve();
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..250)
            .map(|n| {
                let server = &server;
                scope.spawn(move || {
                    (0..2).all(|_| server.get(&format!("/echo?q={n}"), "").text() == n.to_string())
                })
            })
            .collect();
        assert!(all.into_iter().all(|one| one.join().unwrap()));
    });
}

#[test]
fn a_crowd_that_comes_at_once_waits_at_the_door_and_is_not_sent_away() {
    let server = Server::bind(Options { port: 0, ..Options::default() }).unwrap();
    let address = server.address();
    // Nobody lets them in yet. Where the door is full, a client tries again after a second.
    let come = |_| TcpStream::connect_timeout(&address, Duration::from_millis(500));
    let crowd: Vec<_> = (0..500).map_while(|n| come(n).ok()).collect();
    assert_eq!(crowd.len(), 500);
}

#[test]
fn whoever_waits_longest_makes_room_but_only_after_a_fair_moment() {
    let connections = connections::Connections::new(2);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let pair = || (TcpStream::connect(address).unwrap(), listener.accept().unwrap().0);
    let ((first_client, first), (_second_client, second), (_third_client, third)) = (pair(), pair(), pair());
    let (first, second) = (connections.admit(first).unwrap(), connections.admit(second).unwrap());
    first.waits();
    second.works();
    let start = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // The thread of the first connection notices that it was shut.
            let mut byte = [0];
            assert_eq!(first.stream().read(&mut byte).unwrap(), 0);
            drop(first);
        });
        assert!(connections.admit(third).is_some());
    });
    assert!(start.elapsed() >= Duration::from_millis(950), "{:?}", start.elapsed());
    drop((first_client, second));
}

#[test]
fn random_bytes_are_answered_or_closed_and_the_server_stands() {
    let server = serve_with(Duration::from_millis(100), Duration::from_millis(100));
    let mut seed = 1_u32;
    for _ in 0..200 {
        let mut stream = server.connect();
        let junk: Vec<u8> = (0..64)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 24) as u8
            })
            .collect();
        let _ = stream.write_all(&junk);
        let _ = stream.write_all(b"\r\n\r\n");
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(rest.is_empty() || (400..500).contains(&Said::new(&rest).status));
    }
    assert_eq!(server.get("/", "").status, 200);
}
