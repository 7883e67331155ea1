package main

import "fmt"

// checkOperations holds every answer against the log: acknowledged writes are in it, refused ones are not, and reads
// tell a state of the time between their call and their return.
func checkOperations(history *History, log *Log, times realTime) []string {
	var problems []string
	for _, line := range history.Operations {
		if problem := checkOperation(line, log, times); problem != "" {
			problems = append(problems, fmt.Sprintf("%s of %s %s by client %d at %d: %s", line.Verb, line.Resource, line.Name, line.Client, line.Call, problem))
		}
	}
	return problems
}

func checkOperation(line Line, log *Log, times realTime) string {
	key := Key{line.Resource, line.Name}
	change, written := log.byValue[line.Value]
	written = written && line.Value != ""
	if written && (change.Key != key || change.Seen.Side != line.Side) {
		return fmt.Sprintf("it wrote %s %s instead", change.Key.Resource, change.Key.Name)
	}
	if written && change.Arrival < line.Call {
		return "a watcher was told before the write was begun"
	}
	if line.Outcome == "unknown" {
		return ""
	}
	if line.Outcome == "ok" && line.Verb != "get" && line.Verb != "delete" {
		return checkWrite(line, change, written, times)
	}
	if written {
		return fmt.Sprintf("it was answered %q, and took effect at revision %d", line.Outcome, change.Revision)
	}
	if line.Outcome == "refused" {
		return ""
	}
	return checkAnswer(line, key, log, times)
}

func checkWrite(line Line, change Change, written bool, times realTime) string {
	switch {
	case !written:
		return fmt.Sprintf("it was acknowledged at revision %d, and no watcher was told", line.Seen.Revision)
	case *line.Seen != change.Seen:
		return fmt.Sprintf("the answer tells %v, the watchers were told %v", *line.Seen, change.Seen)
	case (line.Verb == "create") != (change.Before == nil):
		return fmt.Sprintf("the object was %v", change.Before)
	case line.Expected != nil && change.Before.Revision != *line.Expected:
		return fmt.Sprintf("it expected revision %d and replaced %d", *line.Expected, change.Before.Revision)
	case change.Revision <= times.from(line.Call):
		return fmt.Sprintf("it got revision %d when %d was already known", change.Revision, times.from(line.Call))
	}
	return ""
}

func checkAnswer(line Line, key Key, log *Log, times realTime) string {
	low, high := times.from(line.Call), times.to(*line.Return)
	if line.Fresh != nil && !*line.Fresh {
		low = 0
	}
	var wanted func(*Sight) bool
	switch line.Outcome {
	case "ok":
		if line.Verb == "delete" {
			wanted = func(seen *Sight) bool {
				return seen != nil && (line.Expected == nil || seen.Revision == *line.Expected)
			}
		} else {
			wanted = func(seen *Sight) bool { return seen != nil && *seen == *line.Seen }
		}
	case "exists":
		wanted = func(seen *Sight) bool { return seen != nil }
	case "absent":
		wanted = func(seen *Sight) bool { return seen == nil }
	case "conflict":
		wanted = func(seen *Sight) bool { return seen != nil && line.Expected != nil && seen.Revision != *line.Expected }
	default:
		return fmt.Sprintf("it was answered %s %s", line.Outcome, line.Message)
	}
	if log.possible(key, low, high, wanted) {
		return ""
	}
	return fmt.Sprintf("%q %v was no state of the object between revision %d and %d", line.Outcome, line.Seen, low, high)
}

// checkLists holds every list against the state of its collection at its revision.
func checkLists(history *History, log *Log, times realTime) []string {
	var problems []string
	for _, list := range history.Lists {
		if problem := checkList(list, log, times); problem != "" {
			problems = append(problems, fmt.Sprintf("list %s (%s) by client %d at %d: %s", list.Resource, list.Mode, list.Client, list.Call, problem))
		}
	}
	return problems
}

func checkList(list Line, log *Log, times realTime) string {
	revision := list.Pages[0]
	for _, other := range list.Pages {
		if other != revision {
			return fmt.Sprintf("its pages are of the revisions %v", list.Pages)
		}
	}
	low, high := times.from(list.Call), times.to(*list.Return)
	switch list.Mode {
	case "exact":
		low, high = *list.Expected, *list.Expected
	case "atleast":
		low = *list.Expected
	}
	if revision < low || revision > high {
		return fmt.Sprintf("its revision %d is not between %d and %d", revision, low, high)
	}
	for index := 1; index < len(list.Items); index++ {
		if list.Items[index-1].Name >= list.Items[index].Name {
			return fmt.Sprintf("%s comes before %s", list.Items[index-1].Name, list.Items[index].Name)
		}
	}
	return difference(itemsByName(list.Items), log.state(list.Resource, revision, everything), revision)
}

func everything(Sight) bool { return true }

// difference tells in what a state is not as wanted; nothing when it is.
func difference(state, wanted map[string]Sight, revision int64) string {
	for name, seen := range state {
		if other, there := wanted[name]; !there || other != seen {
			return fmt.Sprintf("at revision %d it has %v instead of %v", revision, seen, wanted[name])
		}
	}
	for name, seen := range wanted {
		if _, there := state[name]; !there {
			return fmt.Sprintf("at revision %d it lacks %v", revision, seen)
		}
	}
	return ""
}
