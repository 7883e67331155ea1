package main

// sabotage makes a good history bad. It changes the lines in place, or returns others; nil when it found nothing to change.
type sabotage struct {
	name string
	// registers says that the register model alone must refuse too.
	registers bool
	spoil     func(lines []Line) []Line
}

var sabotages = []sabotage{
	{"a lost update: two writers expected the same revision and both succeeded", true, func(lines []Line) []Line {
		return firstOperation(lines, "update", "ok", func(line *Line) bool {
			if line.Expected == nil {
				return false
			}
			older := *line.Expected - 1
			line.Expected = &older
			return true
		})
	}},
	{"a stale read", true, func(lines []Line) []Line {
		old := map[Key]Sight{}
		for index := range lines {
			line := &lines[index]
			key := Key{line.Resource, line.Name}
			if line.Kind != "operation" || line.Outcome != "ok" || line.Seen == nil || line.Fresh != nil {
				continue
			}
			if seen, known := old[key]; known && line.Verb == "get" && seen.Revision < line.Seen.Revision-20 {
				line.Seen = &seen
				return lines
			}
			if _, known := old[key]; !known {
				old[key] = *line.Seen
			}
		}
		return nil
	}},
	{"an acknowledged object that is read as absent", true, func(lines []Line) []Line {
		return firstOperation(lines, "get", "ok", func(line *Line) bool {
			line.Outcome, line.Seen = "absent", nil
			return line.Fresh == nil
		})
	}},
	{"a write that was refused and took effect", true, func(lines []Line) []Line {
		return firstOperation(lines, "update", "ok", func(line *Line) bool {
			line.Outcome, line.Seen = "absent", nil
			return true
		})
	}},
	{"a create over an object that is there", true, func(lines []Line) []Line {
		return firstOperation(lines, "update", "ok", func(line *Line) bool {
			line.Verb, line.Expected = "create", nil
			return true
		})
	}},
	{"a revision that goes back", true, func(lines []Line) []Line {
		return firstOperation(lines, "update", "ok", func(line *Line) bool {
			line.Seen.Revision -= 50
			return line.Seen.Revision > 0
		})
	}},
	{"an answer that must never be given", false, func(lines []Line) []Line {
		return firstOperation(lines, "create", "exists", func(line *Line) bool {
			line.Outcome, line.Message = "error", "500: oh"
			return true
		})
	}},
	{"an acknowledged write that no watcher was told of", false, func(lines []Line) []Line {
		revision := middleEvent(lines, "MODIFIED").Revision
		return without(lines, func(line Line) bool { return line.Kind == "event" && line.Revision == revision })
	}},
	{"an acknowledged delete that no watcher was told of", false, func(lines []Line) []Line {
		revision := middleEvent(lines, "DELETED").Revision
		return without(lines, func(line Line) bool { return line.Kind == "event" && line.Revision == revision })
	}},
	{"an event that one watcher was not told of", false, func(lines []Line) []Line {
		event := middleEvent(lines, "MODIFIED")
		return without(lines, func(line Line) bool {
			return line.Kind == "event" && line.Watcher == event.Watcher && line.Revision == event.Revision
		})
	}},
	{"an event that a watcher of one label was not told of", false, func(lines []Line) []Line {
		scoped := ""
		for _, line := range lines {
			if line.Kind == "watcher" && line.Side != "" && !line.Initial {
				scoped = line.Watcher
			}
		}
		removed := false
		return without(lines, func(line Line) bool {
			remove := !removed && line.Watcher == scoped && line.Type == "DELETED"
			removed = removed || remove
			return remove
		})
	}},
	{"an event that comes twice", false, func(lines []Line) []Line {
		event := middleEvent(lines, "MODIFIED")
		var more []Line
		for _, line := range lines {
			more = append(more, line)
			if line.Kind == "event" && line.Watcher == event.Watcher && line.Revision == event.Revision {
				more = append(more, line)
			}
		}
		return more
	}},
	{"two events in the wrong order", false, func(lines []Line) []Line {
		watcher, last := middleEvent(lines, "MODIFIED").Watcher, -1
		for index, line := range lines {
			if line.Kind != "event" || line.Watcher != watcher || line.Seen == nil {
				continue
			}
			if last >= 0 && index > len(lines)/2 {
				lines[last], lines[index] = lines[index], lines[last]
				return lines
			}
			last = index
		}
		return nil
	}},
	{"an event with the value of another write", false, func(lines []Line) []Line {
		event := middleEvent(lines, "MODIFIED")
		for index := range lines {
			if line := &lines[index]; line.Kind == "event" && line.Watcher == event.Watcher && line.Revision == event.Revision {
				line.Seen.Value += "0"
			}
		}
		return lines
	}},
	{"a bookmark that promises too much", false, func(lines []Line) []Line {
		event := middleEvent(lines, "MODIFIED")
		var more []Line
		for _, line := range lines {
			if line.Kind == "event" && line.Watcher == event.Watcher && line.Revision == event.Revision {
				more = append(more, Line{Kind: "event", Watcher: line.Watcher, Type: "BOOKMARK", Revision: line.Revision})
			}
			more = append(more, line)
		}
		return more
	}},
	{"a watcher that never reaches the end", false, func(lines []Line) []Line {
		watcher, last := middleEvent(lines, "MODIFIED").Watcher, -1
		for index, line := range lines {
			if line.Kind == "event" && line.Watcher == watcher && line.Type == "ADDED" {
				last = index
			}
		}
		return without(lines[:len(lines):len(lines)], func(line Line) bool {
			return line.Watcher == watcher && line.Kind == "event" && line.Revision >= lines[last].Revision
		})
	}},
	{"initial events that lack an object", false, func(lines []Line) []Line {
		for end, line := range lines {
			if !line.InitialEnd {
				continue
			}
			for index := end - 1; index >= 0 && lines[index].Type != "CONNECT"; index-- {
				if lines[index].Watcher == line.Watcher && lines[index].Type == "ADDED" {
					return append(lines[:index:index], lines[index+1:]...)
				}
			}
		}
		return nil
	}},
	{"a list that lacks an object", true, func(lines []Line) []Line {
		return firstList(lines, "fresh", func(line *Line) bool {
			for index, item := range line.Items {
				if item.Name[0] == 'g' {
					line.Items = append(line.Items[:index:index], line.Items[index+1:]...)
					return true
				}
			}
			return false
		})
	}},
	{"a list of an older revision than was known", false, func(lines []Line) []Line {
		return firstList(lines, "fresh", func(line *Line) bool {
			line.Pages[0] -= 20
			return line.Pages[0] > 0
		})
	}},
	{"pages of different revisions", false, func(lines []Line) []Line {
		return firstList(lines, "pages", func(line *Line) bool {
			line.Pages[len(line.Pages)-1]++
			return len(line.Pages) > 1
		})
	}},
	{"an exact list of another revision", false, func(lines []Line) []Line {
		return firstList(lines, "exact", func(line *Line) bool {
			line.Pages[0]++
			return true
		})
	}},
	{"half of an acknowledged transaction", false, func(lines []Line) []Line {
		value := middleTransaction(lines, "ok").Writes[0].Value
		return without(lines, func(line Line) bool { return line.Kind == "event" && line.Seen != nil && line.Seen.Value == value })
	}},
	{"half of a transaction whose answer was lost", false, func(lines []Line) []Line {
		transaction := middleTransaction(lines, "ok")
		for index := range lines {
			if lines[index].Kind == "transaction" && lines[index].Call == transaction.Call {
				lost := copyOf(lines[index])
				lost.Outcome, lost.Return = "unknown", nil
				lost.Writes[0].Value += "0"
				lines[index] = lost
			}
		}
		return append(lines, Line{Kind: "operation", Verb: transaction.Writes[0].Verb, Resource: transaction.Writes[0].Resource,
			Name: transaction.Writes[0].Name, Value: transaction.Writes[0].Value, Side: transaction.Writes[0].Side,
			Call: transaction.Call, Outcome: "unknown"})
	}},
	{"a refused transaction that took effect", false, func(lines []Line) []Line {
		transaction := middleTransaction(lines, "ok")
		return first(lines, func(line *Line) bool {
			line.Outcome = "refused"
			return line.Kind == "transaction" && line.Call == transaction.Call
		})
	}},
	{"two writes at one revision that are not of one transaction", false, func(lines []Line) []Line {
		transaction := middleTransaction(lines, "ok")
		for index := range lines {
			if lines[index].Kind == "transaction" && lines[index].Call == transaction.Call {
				lines[index] = Line{Kind: "fault"}
			}
		}
		for _, write := range transaction.Writes {
			write.Kind, write.Call, write.Return, write.Outcome = "operation", transaction.Call, transaction.Return, "ok"
			lines = append(lines, write)
		}
		return lines
	}},
	{"a violation that the recorder saw", false, func(lines []Line) []Line {
		return append(lines, Line{Kind: "violation", Message: "410"})
	}},
	{"an empty history", false, func([]Line) []Line { return []Line{} }},
}
