package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// Sight is one object as a client saw it.
type Sight struct {
	Name     string `json:"name"`
	Revision int64  `json:"revision"`
	Value    string `json:"value"`
	Side     string `json:"side"`
}

// Line is one line of a history; which fields it has depends on its kind (see history.ts).
type Line struct {
	Kind     string `json:"kind"`
	Resource string `json:"resource,omitempty"`
	Name     string `json:"name,omitempty"`
	Side     string `json:"side,omitempty"`
	Time     int64  `json:"time,omitempty"`
	Message  string `json:"message,omitempty"`

	Client   int     `json:"client,omitempty"`
	Verb     string  `json:"verb,omitempty"`
	Value    string  `json:"value,omitempty"`
	Expected *int64  `json:"expected,omitempty"`
	Fresh    *bool   `json:"fresh,omitempty"`
	Call     int64   `json:"call,omitempty"`
	Return   *int64  `json:"return,omitempty"`
	Outcome  string  `json:"outcome,omitempty"`
	Seen     *Sight  `json:"seen,omitempty"`
	Mode     string  `json:"mode,omitempty"`
	Pages    []int64 `json:"revisions,omitempty"`
	Items    []Sight `json:"items,omitempty"`

	// Writes are those of a transaction.
	Writes []Line `json:"writes,omitempty"`

	Watcher    string `json:"watcher,omitempty"`
	After      int64  `json:"after,omitempty"`
	Initial    bool   `json:"initial,omitempty"`
	Type       string `json:"type,omitempty"`
	Revision   int64  `json:"revision,omitempty"`
	InitialEnd bool   `json:"initialEnd,omitempty"`
}

// Key names one object.
type Key struct{ Resource, Name string }

// History is what a recorder wrote, by kind and in the order in which it was written.
type History struct {
	// Operations hold the writes of transactions too.
	Operations   []Line
	Transactions []Line
	Lists        []Line
	Watchers     []Line
	Events       map[string][]Line
	Violations   []string
	Faults       int
}

// NewHistory sorts lines by their kind.
func NewHistory(lines []Line) (*History, error) {
	history := &History{Events: map[string][]Line{}}
	for _, line := range lines {
		switch line.Kind {
		case "operation":
			history.Operations = append(history.Operations, line)
		case "transaction":
			history.Transactions = append(history.Transactions, line)
			for _, write := range line.Writes {
				write.Client, write.Call, write.Return = line.Client, line.Call, line.Return
				write.Outcome, write.Message = line.Outcome, line.Message
				history.Operations = append(history.Operations, write)
			}
		case "list":
			history.Lists = append(history.Lists, line)
		case "watcher":
			history.Watchers = append(history.Watchers, line)
		case "event":
			history.Events[line.Watcher] = append(history.Events[line.Watcher], line)
		case "violation":
			history.Violations = append(history.Violations, line.Message)
		case "fault":
			history.Faults++
		default:
			return nil, fmt.Errorf("a line of unknown kind %q", line.Kind)
		}
	}
	return history, nil
}

// ReadLines reads a file of JSON lines.
func ReadLines(path string) ([]Line, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var lines []Line
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 16<<20)
	for scanner.Scan() {
		var line Line
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, len(lines)+1, err)
		}
		lines = append(lines, line)
	}
	return lines, scanner.Err()
}
