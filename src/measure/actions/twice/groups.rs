//! Disjoint groups of places (union–find with path halving); the smallest place stands for its group.

pub(super) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    pub(super) fn new(n: usize) -> Self {
        Self { parent: (0..n).collect() }
    }

    fn parent(&self, place: usize) -> usize {
        self.parent.get(place).copied().unwrap_or(place)
    }

    fn root(&mut self, mut place: usize) -> usize {
        while self.parent(place) != place {
            let above = self.parent(self.parent(place));
            if let Some(slot) = self.parent.get_mut(place) {
                *slot = above;
            }
            place = above;
        }
        place
    }

    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.parent.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }

    /// The groups of more than one place, each in order, the one with the smallest place first.
    pub(super) fn into_members(mut self) -> Vec<Vec<usize>> {
        let n = self.parent.len();
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); n];
        for place in 0..n {
            let root = self.root(place);
            if let Some(group) = groups.get_mut(root) {
                group.push(place);
            }
        }
        groups.retain(|group| group.len() > 1);
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_what_is_joined_directly_or_through_others() {
        let mut groups = Groups::new(6);
        groups.join(4, 1);
        groups.join(5, 4);
        groups.join(0, 2);
        assert_eq!(groups.into_members(), [vec![0, 2], vec![1, 4, 5]]);
    }
}
