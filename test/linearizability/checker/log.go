package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
)

// Change is one write as the watchers saw it.
type Change struct {
	Revision int64
	Type     string
	Key      Key
	Seen     Sight
	// Arrival is when the first watcher was told.
	Arrival int64
	// Before is what the object was until then; nil when it did not exist.
	Before *Sight
}

// Log is every write in the order of revisions.
type Log struct {
	Changes []Change
	byKey   map[Key][]Change
	byValue map[string]Change
}

// place is where in the log a change of one object is. The changes of a transaction are at one revision, in the order of
// its operations.
type place struct {
	revision int64
	turn     int
	key      Key
}

func (p place) compare(other place) int {
	return cmp.Or(cmp.Compare(p.revision, other.revision), cmp.Compare(p.turn, other.turn),
		cmp.Compare(p.key.Resource, other.key.Resource), cmp.Compare(p.key.Name, other.key.Name))
}

func turnsOfTransactions(history *History) map[string]int {
	turns := map[string]int{}
	for _, transaction := range history.Transactions {
		for turn, write := range transaction.Writes {
			turns[write.Value] = turn
		}
	}
	return turns
}

// buildLog joins what the watchers of whole collections saw, and finds out where they disagree or contradict themselves.
func buildLog(history *History) (*Log, []string) {
	var problems []string
	changes, turns := map[place]Change{}, turnsOfTransactions(history)
	for _, watcher := range history.Watchers {
		if watcher.Initial || watcher.Name != "" || watcher.Side != "" {
			continue
		}
		for _, event := range history.Events[watcher.Watcher] {
			if event.Seen == nil {
				continue
			}
			change := Change{event.Revision, event.Type, Key{watcher.Resource, event.Seen.Name}, *event.Seen, event.Time, nil}
			at := place{event.Revision, turns[change.Seen.Value], change.Key}
			known, there := changes[at]
			if there && (known.Type != change.Type || known.Seen != change.Seen) {
				problems = append(problems, fmt.Sprintf("two events at revision %d: %v and %v", event.Revision, known.Seen, change.Seen))
			}
			if there {
				change.Arrival = min(change.Arrival, known.Arrival)
			}
			changes[at] = change
		}
	}
	log := &Log{byKey: map[Key][]Change{}, byValue: map[string]Change{}}
	for _, at := range slices.SortedFunc(maps.Keys(changes), place.compare) {
		problems = append(problems, log.append(changes[at])...)
	}
	return log, problems
}

func (log *Log) append(change Change) []string {
	var problems []string
	complain := func(text string) {
		problems = append(problems, fmt.Sprintf("%s of %s %s at revision %d: %s", change.Type, change.Key.Resource, change.Key.Name, change.Revision, text))
	}
	before := log.at(change.Key, change.Revision-1)
	change.Before = before
	if (change.Type == "ADDED") != (before == nil) {
		complain(fmt.Sprintf("the object was %v", before))
	}
	if change.Type == "DELETED" {
		if before != nil && (before.Value != change.Seen.Value || before.Side != change.Seen.Side) {
			complain(fmt.Sprintf("it tells %v, the object was %v", change.Seen, *before))
		}
	} else {
		if earlier, twice := log.byValue[change.Seen.Value]; twice {
			complain(fmt.Sprintf("the value was already written at revision %d", earlier.Revision))
		}
		log.byValue[change.Seen.Value] = change
	}
	log.Changes = append(log.Changes, change)
	log.byKey[change.Key] = append(log.byKey[change.Key], change)
	return problems
}

// at tells what an object was at a revision; nil when it did not exist.
func (log *Log) at(key Key, revision int64) *Sight {
	changes := log.byKey[key]
	next := sort.Search(len(changes), func(index int) bool { return changes[index].Revision > revision })
	if next == 0 || changes[next-1].Type == "DELETED" {
		return nil
	}
	return &changes[next-1].Seen
}

// possible tells whether an object was as wanted at some revision from low to high.
func (log *Log) possible(key Key, low, high int64, wanted func(*Sight) bool) bool {
	if wanted(log.at(key, low)) {
		return true
	}
	changes := log.byKey[key]
	next := sort.Search(len(changes), func(index int) bool { return changes[index].Revision > low })
	for ; next < len(changes) && changes[next].Revision <= high; next++ {
		if wanted(log.at(key, changes[next].Revision)) {
			return true
		}
	}
	return false
}

// state is a whole collection at a revision, by name.
func (log *Log) state(resource string, revision int64, within func(Sight) bool) map[string]Sight {
	state := map[string]Sight{}
	for key := range log.byKey {
		if key.Resource != resource {
			continue
		}
		if seen := log.at(key, revision); seen != nil && within(*seen) {
			state[key.Name] = *seen
		}
	}
	return state
}

// end is the newest revision that anything was written at.
func (log *Log) end() int64 {
	if len(log.Changes) == 0 {
		return 0
	}
	return log.Changes[len(log.Changes)-1].Revision
}
