package main

import "fmt"

// Check tells everything that is wrong with a history; nothing when it is as it must be.
func Check(lines []Line) ([]string, error) {
	history, err := NewHistory(lines)
	if err != nil {
		return nil, err
	}
	log, problems := buildLog(history)
	problems = append(problems, history.Violations...)
	if len(log.Changes) == 0 || len(history.Operations) == 0 {
		return append(problems, "the history is empty"), nil
	}
	times := newRealTime(history, log)
	problems = append(problems, checkOperations(history, log, times)...)
	problems = append(problems, checkDeletes(history, log)...)
	problems = append(problems, checkTransactions(history, log)...)
	problems = append(problems, checkLists(history, log, times)...)
	problems = append(problems, checkWatchers(history, log, times)...)
	return append(problems, checkRegisters(history, log)...), nil
}

// checkDeletes: every acknowledged delete is a change of its own, and nothing goes that nobody deleted.
func checkDeletes(history *History, log *Log) []string {
	sure, perhaps, told := map[Key]int{}, map[Key]int{}, map[Key]int{}
	for _, line := range history.Operations {
		if line.Verb == "delete" && line.Outcome == "ok" {
			sure[Key{line.Resource, line.Name}]++
		}
		if line.Verb == "delete" && line.Outcome == "unknown" {
			perhaps[Key{line.Resource, line.Name}]++
		}
	}
	for _, change := range log.Changes {
		if change.Type == "DELETED" {
			told[change.Key]++
		}
	}
	var problems []string
	for key := range log.byKey {
		if told[key] < sure[key] || told[key] > sure[key]+perhaps[key] {
			problems = append(problems, fmt.Sprintf("%s %s: %d deletes were acknowledged, %d perhaps done, and %d told", key.Resource, key.Name, sure[key], perhaps[key], told[key]))
		}
	}
	return problems
}
