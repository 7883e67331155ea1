package main

import (
	"fmt"
	"math"
	"time"

	"github.com/anishathalye/porcupine"
)

// register is the state of one object; newest is the greatest revision that it ever had.
type register struct {
	exists   bool
	revision int64
	value    string
	newest   int64
}

const patience = 2 * time.Minute

// registerModel is one object with compare-and-swap by revision. A delete of unknown outcome returns never, so that it
// may be placed behind everything else, which is the same as that it took no effect.
var registerModel = porcupine.Model{
	Init: func() interface{} { return register{} },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		line, isLine := input.(Line)
		before, isRegister := state.(register)
		if !isLine || !isRegister {
			return false, state
		}
		return step(before, line)
	},
	DescribeOperation: func(input, output interface{}) string { return fmt.Sprintf("%+v", input) },
}

func step(state register, line Line) (bool, register) {
	matches := state.exists && (line.Expected == nil || state.revision == *line.Expected)
	switch line.Outcome {
	case "unknown":
		if matches {
			return true, register{false, 0, "", state.newest}
		}
		return true, state
	case "exists":
		return line.Verb == "create" && state.exists, state
	case "absent":
		return line.Verb != "create" && !state.exists, state
	case "conflict":
		return line.Expected != nil && state.exists && !matches, state
	case "ok":
		return afterOk(state, line, matches)
	}
	return false, state
}

func afterOk(state register, line Line, matches bool) (bool, register) {
	switch line.Verb {
	case "get":
		return afterGet(state, *line.Seen)
	case "delete":
		return matches, register{false, 0, "", state.newest}
	case "create":
		matches = !state.exists
	}
	seen := *line.Seen
	return matches && seen.Revision > state.newest && seen.Value == line.Value,
		register{true, seen.Revision, seen.Value, seen.Revision}
}

func afterGet(state register, seen Sight) (bool, register) {
	if !state.exists || state.value != seen.Value {
		return false, state
	}
	return state.revision == seen.Revision, state
}

// checkRegisters asks Porcupine whether the operations on each object are linearizable.
func checkRegisters(history *History, log *Log) []string {
	var problems []string
	for key, operations := range operationsByKey(history, log) {
		switch porcupine.CheckOperationsTimeout(registerModel, operations, patience) {
		case porcupine.Illegal:
			problems = append(problems, fmt.Sprintf("the %d operations on %s %s are not linearizable", len(operations), key.Resource, key.Name))
		case porcupine.Unknown:
			problems = append(problems, fmt.Sprintf("the %d operations on %s %s were not judged within %s", len(operations), key.Resource, key.Name, patience))
		}
	}
	return problems
}

func operationsByKey(history *History, log *Log) map[Key][]porcupine.Operation {
	deletes := perhapsDeleted(history, log)
	byKey := map[Key][]porcupine.Operation{}
	first, last := map[Key]int64{}, map[Key]int64{}
	for _, line := range history.Operations {
		if line.Fresh != nil && !*line.Fresh {
			continue
		}
		key := Key{line.Resource, line.Name}
		line, mayMatter := resolve(line, log, deletes[key])
		if !mayMatter {
			continue
		}
		end := int64(math.MaxInt64)
		if line.Return != nil {
			end = *line.Return
			last[key] = max(last[key], end)
		}
		if _, known := first[key]; !known || line.Call < first[key] {
			first[key] = line.Call
		}
		byKey[key] = append(byKey[key], porcupine.Operation{ClientId: line.Client, Input: line, Call: line.Call, Return: end})
	}
	// A list is a read of every object that was in use at the time.
	for _, list := range history.Lists {
		if list.Mode != "fresh" && list.Mode != "pages" {
			continue
		}
		items := itemsByName(list.Items)
		for key := range byKey {
			if key.Resource != list.Resource || *list.Return < first[key] || list.Call > last[key] {
				continue
			}
			read := Line{Verb: "get", Resource: key.Resource, Name: key.Name, Outcome: "absent"}
			if seen, there := items[key.Name]; there {
				read.Outcome, read.Seen = "ok", &seen
			}
			byKey[key] = append(byKey[key], porcupine.Operation{ClientId: list.Client, Input: read, Call: list.Call, Return: *list.Return})
		}
	}
	return byKey
}

// resolve says of a write whose answer was lost what the log says: it is there, or it never took effect. Without that a
// store that is away for seconds leaves so many open questions that Porcupine's search has no end. Deletes have no value
// that the log would show; they stay open while it has deletes of the object that nobody is known to have done.
func resolve(line Line, log *Log, open bool) (Line, bool) {
	if line.Outcome != "unknown" {
		// Which write of a refused transaction was the reason is not told.
		return line, line.Outcome != "refused"
	}
	if line.Verb == "delete" {
		return line, open
	}
	change, written := log.byValue[line.Value]
	if !written {
		return line, false
	}
	line.Outcome, line.Seen, line.Return = "ok", &change.Seen, &change.Arrival
	return line, true
}

// perhapsDeleted tells for which objects a delete of unknown outcome took effect.
func perhapsDeleted(history *History, log *Log) map[Key]bool {
	unexplained := map[Key]int{}
	for _, change := range log.Changes {
		if change.Type == "DELETED" {
			unexplained[change.Key]++
		}
	}
	for _, line := range history.Operations {
		if line.Verb == "delete" && line.Outcome == "ok" {
			unexplained[Key{line.Resource, line.Name}]--
		}
	}
	open := map[Key]bool{}
	for key, count := range unexplained {
		open[key] = count > 0
	}
	return open
}

func itemsByName(items []Sight) map[string]Sight {
	byName := make(map[string]Sight, len(items))
	for _, item := range items {
		byName[item.Name] = item
	}
	return byName
}
