// The checker judges recorded histories: is every answer one that a single, linearizable store could have given, and was
// every watcher told exactly what was written. It ends with 1 when a history is refused.
package main

import (
	"fmt"
	"os"
)

const shown = 20

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: checker HISTORY.jsonl…")
		os.Exit(2)
	}
	refused := false
	for _, path := range os.Args[1:] {
		lines, err := ReadLines(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		problems, err := Check(lines)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		for _, problem := range problems[:min(shown, len(problems))] {
			fmt.Println("  " + problem)
		}
		fmt.Println(summary(lines, len(problems)))
		refused = refused || len(problems) > 0
	}
	if refused {
		os.Exit(1)
	}
}

func summary(lines []Line, problems int) string {
	counts := map[string]int{}
	for _, line := range lines {
		counts[line.Kind]++
		if line.Outcome == "unknown" {
			counts["unknown"]++
		}
	}
	return fmt.Sprintf("  %d operations and %d transactions (%d of unknown outcome), %d lists, %d events to %d watchers, %d faults: %d problems",
		counts["operation"], counts["transaction"], counts["unknown"], counts["list"], counts["event"], counts["watcher"], counts["fault"], problems)
}
