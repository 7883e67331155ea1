package main

import "encoding/json"

func firstOperation(lines []Line, verb, outcome string, change func(*Line) bool) []Line {
	return first(lines, func(line *Line) bool {
		return line.Kind == "operation" && line.Verb == verb && line.Outcome == outcome && change(line)
	})
}

func firstList(lines []Line, mode string, change func(*Line) bool) []Line {
	return first(lines, func(line *Line) bool { return line.Kind == "list" && line.Mode == mode && change(line) })
}

// first changes one line behind the beginning, so that every object has a past.
func first(lines []Line, change func(*Line) bool) []Line {
	for index := len(lines) / 3; index < len(lines); index++ {
		copied := copyOf(lines[index])
		if change(&copied) {
			lines[index] = copied
			return lines
		}
	}
	return nil
}

func middleEvent(lines []Line, kind string) Line {
	full := map[string]bool{}
	for _, line := range lines {
		if line.Kind == "watcher" {
			full[line.Watcher] = !line.Initial && line.Name == "" && line.Side == ""
		}
	}
	for index := len(lines) / 2; index < len(lines); index++ {
		if lines[index].Kind == "event" && lines[index].Type == kind && full[lines[index].Watcher] {
			return lines[index]
		}
	}
	return Line{}
}

func middleTransaction(lines []Line, outcome string) Line {
	for index := len(lines) / 2; index < len(lines); index++ {
		if lines[index].Kind == "transaction" && lines[index].Outcome == outcome {
			return lines[index]
		}
	}
	panic("the recorded history has no such transaction")
}

func without(lines []Line, remove func(Line) bool) []Line {
	var kept []Line
	for _, line := range lines {
		if !remove(line) {
			kept = append(kept, line)
		}
	}
	return kept
}

func copyOf(line Line) Line {
	var copied Line
	text, err := json.Marshal(line)
	if err == nil {
		err = json.Unmarshal(text, &copied)
	}
	if err != nil {
		panic(err)
	}
	return copied
}
