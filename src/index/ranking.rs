//! Documents with their scores, in the order of their numbers, and what can be made of two such lists.

/// Documents with their scores; numbers ascend.
pub(super) type Scored = Vec<(u32, f32)>;

/// Documents of either, scores added.
pub(super) fn add(a: Scored, b: Scored) -> Scored {
    merge(a, b, |x, y| x + y)
}

/// Documents of `found`; those that are in `more` as well get its score added.
pub(super) fn raised(mut found: Scored, more: &Scored) -> Scored {
    let mut others = more.iter().peekable();
    for (number, score) in &mut found {
        while others.next_if(|(other, _)| other < number).is_some() {}
        if let Some((_, more)) = others.next_if(|(other, _)| other == number) {
            *score += more;
        }
    }
    found
}

/// Documents of either, the better score.
pub(super) fn best(a: Scored, b: Scored) -> Scored {
    merge(a, b, f32::max)
}

/// Documents of both, scores added.
pub(super) fn both(a: &Scored, b: &Scored) -> Scored {
    let mut out = Scored::with_capacity(a.len().min(b.len()));
    let mut others = b.iter().peekable();
    for (number, score) in a {
        while others.next_if(|(other, _)| other < number).is_some() {}
        if let Some((_, more)) = others.next_if(|(other, _)| other == number) {
            out.push((*number, score + more));
        }
    }
    out
}

/// Documents of `a` that are not in `b`.
pub(super) fn without(a: Scored, b: &Scored) -> Scored {
    let mut others = b.iter().peekable();
    a.into_iter()
        .filter(|(number, _)| {
            while others.next_if(|(other, _)| other < number).is_some() {}
            others.peek().is_none_or(|(other, _)| other != number)
        })
        .collect()
}

fn merge(a: Scored, b: Scored, join: impl Fn(f32, f32) -> f32) -> Scored {
    if a.is_empty() {
        return b;
    }
    if b.is_empty() {
        return a;
    }
    let mut out = Scored::with_capacity(a.len() + b.len());
    let (mut left, mut right) = (a.into_iter().peekable(), b.into_iter().peekable());
    loop {
        let next = match (left.peek(), right.peek()) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                let joined = (x.0, join(x.1, y.1));
                left.next();
                right.next();
                joined
            }
            (Some(x), Some(y)) if x.0 < y.0 => {
                let x = *x;
                left.next();
                x
            }
            (_, Some(y)) => {
                let y = *y;
                right.next();
                y
            }
            (Some(x), None) => {
                let x = *x;
                left.next();
                x
            }
            (None, None) => return out,
        };
        out.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_documents_keep_their_order() {
        let a = vec![(1, 1.0), (3, 1.0), (5, 2.0)];
        let b = vec![(3, 4.0), (4, 1.0)];
        assert_eq!(add(a.clone(), b.clone()), [(1, 1.0), (3, 5.0), (4, 1.0), (5, 2.0)]);
        assert_eq!(best(a.clone(), b.clone()), [(1, 1.0), (3, 4.0), (4, 1.0), (5, 2.0)]);
        assert_eq!(both(&a, &b), [(3, 5.0)]);
        assert_eq!(raised(a.clone(), &b), [(1, 1.0), (3, 5.0), (5, 2.0)]);
        assert_eq!(without(a, &b), [(1, 1.0), (5, 2.0)]);
    }
}
