// Upstream's patch libraries as a process: a JSON question a line on standard input, a JSON answer a line on
// standard output, in order.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	kjson "sigs.k8s.io/json"
)

type port struct {
	Port     int    `json:"port"`
	Protocol string `json:"protocol,omitempty"`
	Name     string `json:"name,omitempty"`
}

type step struct {
	Name  string   `json:"name"`
	X     int      `json:"x,omitempty"`
	Ports []port   `json:"ports,omitempty" patchStrategy:"merge" patchMergeKey:"port"`
	Tags  []string `json:"tags,omitempty" patchStrategy:"merge"`
	Words []string `json:"words,omitempty"`
}

type rolling struct {
	Max  int      `json:"max,omitempty"`
	Tags []string `json:"tags,omitempty" patchStrategy:"merge"`
}

type strategy struct {
	Type    string   `json:"type,omitempty"`
	Rolling *rolling `json:"rolling,omitempty"`
}

type metadata struct {
	Labels     map[string]string `json:"labels,omitempty"`
	Finalizers []string          `json:"finalizers,omitempty" patchStrategy:"merge"`
	Owners     []owner           `json:"ownerReferences,omitempty" patchStrategy:"merge" patchMergeKey:"uid"`
}

type owner struct {
	UID  string `json:"uid"`
	Name string `json:"name,omitempty"`
}

// kind has the same fields as the schema in test/patches/patched-kind.ts.
type kind struct {
	Metadata metadata        `json:"metadata,omitempty"`
	Steps    []step          `json:"steps,omitempty" patchStrategy:"merge,retainKeys" patchMergeKey:"name"`
	Services []port          `json:"services,omitempty" patchStrategy:"merge" patchMergeKey:"port"`
	Claims   []owner         `json:"claims,omitempty"`
	Tags     []string        `json:"tags,omitempty" patchStrategy:"merge"`
	Words    []string        `json:"words,omitempty"`
	Strategy strategy        `json:"strategy,omitempty" patchStrategy:"retainKeys"`
	Selector map[string]any  `json:"selector,omitempty" patchStrategy:"replace"`
	ByName   map[string]step `json:"byName,omitempty"`
}

type question struct {
	Type     string          `json:"type"`
	Document json.RawMessage `json:"document"`
	Patch    json.RawMessage `json:"patch"`
}

type answer struct {
	Document json.RawMessage `json:"document,omitempty"`
	Error    string          `json:"error,omitempty"`
}

func strategic(document, patch []byte) ([]byte, error) {
	original, change := map[string]any{}, map[string]any{}
	if err := kjson.UnmarshalCaseSensitivePreserveInts(document, &original); err != nil {
		return nil, err
	}
	if err := kjson.UnmarshalCaseSensitivePreserveInts(patch, &change); err != nil {
		return nil, err
	}
	merged, err := strategicpatch.StrategicMergeMapPatch(original, change, kind{})
	if err != nil {
		return nil, err
	}
	return json.Marshal(merged)
}

func apply(asked question) (result []byte, err error) {
	// What makes the library panic is a failure as any other to upstream's server.
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("panic: %v", problem)
		}
	}()
	switch asked.Type {
	case "json":
		operations, err := jsonpatch.DecodePatch(asked.Patch)
		if err != nil {
			return nil, err
		}
		return operations.Apply(asked.Document)
	case "merge":
		return jsonpatch.MergePatch(asked.Document, asked.Patch)
	default:
		return strategic(asked.Document, asked.Patch)
	}
}

func main() {
	// upstream's server sets this limit
	jsonpatch.AccumulatedCopySizeLimit = 3 * 1024 * 1024
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	answers := json.NewEncoder(out)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		document, err := apply(asked)
		told := answer{Document: document}
		if err != nil {
			told = answer{Error: err.Error()}
		}
		if err := answers.Encode(told); err != nil {
			os.Exit(1)
		}
		out.Flush()
	}
}
