package main

import (
	"fmt"
	"math"
	"time"

	"github.com/anishathalye/porcupine"
)

// register is the state of one object. Revision 0 is that of a write whose answer was lost, until somebody reads it.
type register struct {
	exists   bool
	revision int64
	value    string
	newest   int64
}

const patience = 2 * time.Minute

// registerModel is one object with compare-and-swap by revision. An operation of unknown outcome returns never, so that
// it may be placed behind everything else, which is the same as that it took no effect.
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
		return true, afterUnknown(state, line, matches)
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

func afterUnknown(state register, line Line, matches bool) register {
	switch line.Verb {
	case "create":
		if !state.exists {
			return register{true, 0, line.Value, state.newest}
		}
	case "delete":
		if matches {
			return register{false, 0, "", state.newest}
		}
	default:
		if matches {
			return register{true, 0, line.Value, state.newest}
		}
	}
	return state
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
	if state.revision == 0 && seen.Revision > state.newest {
		return true, register{true, seen.Revision, seen.Value, seen.Revision}
	}
	return state.revision == seen.Revision, state
}

// checkRegisters asks Porcupine whether the operations on each object are linearizable.
func checkRegisters(history *History) []string {
	var problems []string
	for key, operations := range operationsByKey(history) {
		switch porcupine.CheckOperationsTimeout(registerModel, operations, patience) {
		case porcupine.Illegal:
			problems = append(problems, fmt.Sprintf("the %d operations on %s %s are not linearizable", len(operations), key.Resource, key.Name))
		case porcupine.Unknown:
			problems = append(problems, fmt.Sprintf("the %d operations on %s %s were not judged within %s", len(operations), key.Resource, key.Name, patience))
		}
	}
	return problems
}

func operationsByKey(history *History) map[Key][]porcupine.Operation {
	byKey := map[Key][]porcupine.Operation{}
	first, last := map[Key]int64{}, map[Key]int64{}
	for _, line := range history.Operations {
		if line.Fresh != nil && !*line.Fresh {
			continue
		}
		key := Key{line.Resource, line.Name}
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

func itemsByName(items []Sight) map[string]Sight {
	byName := make(map[string]Sight, len(items))
	for _, item := range items {
		byName[item.Name] = item
	}
	return byName
}
