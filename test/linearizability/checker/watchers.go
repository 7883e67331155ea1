package main

import "fmt"

// told is an event as a watcher of some scope must see it.
type told struct {
	kind string
	seen Sight
}

// checkWatchers holds what every watcher was told against the log: exactly the writes of its scope, each once, in order,
// over all its connections.
func checkWatchers(history *History, log *Log, times realTime) []string {
	var problems []string
	for _, watcher := range history.Watchers {
		check := checkWatcher
		if watcher.Initial {
			check = checkInitialWatcher
		}
		if problem := check(watcher, history.Events[watcher.Watcher], log, times); problem != "" {
			problems = append(problems, fmt.Sprintf("watcher %s: %s", watcher.Watcher, problem))
		}
	}
	return problems
}

func within(watcher Line) func(Sight) bool {
	return func(seen Sight) bool {
		return (watcher.Name == "" || watcher.Name == seen.Name) && (watcher.Side == "" || watcher.Side == seen.Side)
	}
}

// expected are the events of a scope behind a revision. An object that leaves the scope is DELETED as it was in it.
func expected(watcher Line, after int64, log *Log) []told {
	inScope := within(watcher)
	var events []told
	for _, change := range log.Changes {
		if change.Key.Resource != watcher.Resource || change.Revision <= after {
			continue
		}
		before := change.Before != nil && inScope(*change.Before)
		now := change.Type != "DELETED" && inScope(change.Seen)
		switch {
		case now && before:
			events = append(events, told{"MODIFIED", change.Seen})
		case now:
			events = append(events, told{"ADDED", change.Seen})
		case before:
			gone := *change.Before
			gone.Revision = change.Revision
			events = append(events, told{"DELETED", gone})
		}
	}
	return events
}

// follower compares what comes with what must come.
type follower struct {
	pending  []told
	position int64
}

func (f *follower) next(event Line) string {
	if event.Type == "BOOKMARK" {
		if event.Revision < f.position {
			return fmt.Sprintf("a bookmark at %d behind revision %d", event.Revision, f.position)
		}
		f.position = event.Revision
		if len(f.pending) > 0 && f.pending[0].seen.Revision <= event.Revision {
			return fmt.Sprintf("a bookmark at %d, but %v was not told", event.Revision, f.pending[0])
		}
		return ""
	}
	got := told{event.Type, *event.Seen}
	if len(f.pending) == 0 {
		return fmt.Sprintf("%v behind the last write of its scope", got)
	}
	if f.pending[0] != got {
		return fmt.Sprintf("%v instead of %v", got, f.pending[0])
	}
	f.pending = f.pending[1:]
	f.position = event.Revision
	return ""
}

func (f *follower) finished(log *Log) string {
	if len(f.pending) > 0 {
		return fmt.Sprintf("%d events were not told, the first is %v", len(f.pending), f.pending[0])
	}
	if f.position < log.end() {
		return fmt.Sprintf("it was never told that it has reached revision %d, only %d", log.end(), f.position)
	}
	return ""
}

func checkWatcher(watcher Line, events []Line, log *Log, _ realTime) string {
	f := follower{expected(watcher, watcher.After, log), watcher.After}
	for _, event := range events {
		if event.Type == "CONNECT" {
			continue
		}
		if problem := f.next(event); problem != "" {
			return problem
		}
	}
	return f.finished(log)
}

// checkInitialWatcher: each connection begins with a state, ended by a bookmark, and goes on with the events behind it.
func checkInitialWatcher(watcher Line, events []Line, log *Log, times realTime) string {
	var live *follower
	state := map[string]Sight{}
	oldest := int64(0)
	for _, event := range events {
		switch {
		case event.Type == "CONNECT":
			live, state, oldest = nil, map[string]Sight{}, times.from(event.Time)
		case event.InitialEnd:
			if event.Revision < oldest {
				return fmt.Sprintf("initial events of revision %d when %d was already known", event.Revision, oldest)
			}
			if problem := difference(state, log.state(watcher.Resource, event.Revision, within(watcher)), event.Revision); problem != "" {
				return "initial events: " + problem
			}
			live = &follower{expected(watcher, event.Revision, log), event.Revision}
		case live != nil:
			if problem := live.next(event); problem != "" {
				return problem
			}
		case event.Type == "DELETED":
			delete(state, event.Seen.Name)
		case event.Seen != nil:
			state[event.Seen.Name] = *event.Seen
		}
	}
	if live == nil {
		return "its last connection never ended its initial events"
	}
	return live.finished(log)
}
