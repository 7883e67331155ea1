package main

import "testing"

// A recorder's history of a real server, killed once while it was recorded.
const recorded = "testdata/recorded.jsonl"

func read(t *testing.T) []Line {
	t.Helper()
	lines, err := ReadLines(recorded)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestAcceptsWhatARealServerDid(t *testing.T) {
	problems, err := Check(read(t))
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
}

func TestRefusesSpoiltHistories(t *testing.T) {
	for _, sabotage := range sabotages {
		t.Run(sabotage.name, func(t *testing.T) {
			whole := read(t)
			spoilt := sabotage.spoil(whole)
			if spoilt == nil {
				t.Fatal("the recorded history has nothing to spoil")
			}
			problems, err := Check(spoilt)
			if err != nil {
				t.Fatal(err)
			}
			if len(problems) == 0 {
				t.Fatal("accepted")
			}
			t.Log(problems[0])
			if !sabotage.registers {
				return
			}
			history, err := NewHistory(spoilt)
			if err != nil {
				t.Fatal(err)
			}
			log, _ := buildLog(history)
			if len(checkRegisters(history, log)) == 0 {
				t.Fatal("the register model accepts it")
			}
		})
	}
}
