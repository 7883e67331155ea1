// Package main gives the tests what upstream's own code says about server-side apply: its field sets, comparison and
// merge, on schemas that it builds from a CustomResourceDefinition as its API server does.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
	"sigs.k8s.io/structured-merge-diff/v6/merge"
	"sigs.k8s.io/structured-merge-diff/v6/typed"
)

// question is one line of standard input. Objects are of the version that their apiVersion names.
type question struct {
	Operation string                     `json:"operation"`
	Schemas   map[string]json.RawMessage `json:"schemas"`
	// Renames are pairs of names that a field of the spec has in v1 and in v2.
	Renames         [][2]string                `json:"renames"`
	Live            json.RawMessage            `json:"live"`
	Object          json.RawMessage            `json:"object"`
	Version         string                     `json:"version"`
	Managers        map[string]manager         `json:"managers"`
	Manager         string                     `json:"manager"`
	Force           bool                       `json:"force"`
	Ignored         map[string]json.RawMessage `json:"ignored"`
	AllowDuplicates bool                       `json:"allowDuplicates"`
	Sets            []json.RawMessage          `json:"sets"`
}

type manager struct {
	Fields     json.RawMessage `json:"fields"`
	APIVersion string          `json:"apiVersion"`
	Applied    bool            `json:"applied"`
}

type conflict struct {
	Manager string `json:"manager"`
	Path    string `json:"path"`
}

// answer is one line of standard output. Sets are texts, so that the order of their keys is seen.
type answer struct {
	Object    any                `json:"object,omitempty"`
	Managers  map[string]manager `json:"managers,omitempty"`
	Conflicts []conflict         `json:"conflicts,omitempty"`
	Message   string             `json:"message,omitempty"`
	Mistakes  []string           `json:"mistakes,omitempty"`
	Sets      map[string]string  `json:"sets,omitempty"`
	Paths     []string           `json:"paths,omitempty"`
	Error     string             `json:"error,omitempty"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	schemas := map[string]*versions{}
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		given, err := reply(asked, schemas)
		if err != nil {
			given.Error = err.Error()
		}
		if err := out.Encode(given); err != nil {
			panic(err)
		}
	}
}

// reply answers a question about the schemas that were last given under its name; schemas come with the first question.
func reply(asked question, known map[string]*versions) (answer, error) {
	if asked.Operation == "sets" {
		return algebra(asked.Sets)
	}
	if len(asked.Schemas) > 0 {
		of, err := readVersions(asked.Schemas, asked.Renames)
		if err != nil {
			return answer{}, err
		}
		known["current"] = of
	}
	of := known["current"]
	switch asked.Operation {
	case "schema":
		return answer{}, nil
	case "check":
		_, err := of.typed(asked.Object, asked.Version, asked.AllowDuplicates)
		return answer{Mistakes: mistakes(err)}, nil
	case "fields":
		return fields(of, asked)
	case "compare":
		return compare(of, asked)
	case "update", "apply":
		return write(of, asked)
	}
	return answer{}, fmt.Errorf("unknown operation %q", asked.Operation)
}

func mistakes(err error) []string {
	if err == nil {
		return nil
	}
	if found, ok := err.(typed.ValidationErrors); ok {
		texts := []string{}
		for _, one := range found {
			texts = append(texts, one.Error())
		}
		return texts
	}
	return []string{err.Error()}
}

func fields(of *versions, asked question) (answer, error) {
	object, err := of.typed(asked.Object, asked.Version, true)
	if err != nil {
		return answer{}, err
	}
	set, err := object.ToFieldSet()
	if err != nil {
		return answer{}, err
	}
	return answer{Sets: map[string]string{"fields": textOf(set)}}, nil
}

func compare(of *versions, asked question) (answer, error) {
	old, err := of.typed(asked.Live, asked.Version, true)
	if err != nil {
		return answer{}, err
	}
	next, err := of.typed(asked.Object, asked.Version, true)
	if err != nil {
		return answer{}, err
	}
	found, err := old.Compare(next)
	if err != nil {
		return answer{}, err
	}
	return answer{Sets: map[string]string{
		"added": textOf(found.Added), "modified": textOf(found.Modified), "removed": textOf(found.Removed),
	}}, nil
}

func write(of *versions, asked question) (answer, error) {
	live, err := of.typed(asked.Live, asked.Version, true)
	if err != nil {
		return answer{}, err
	}
	object, err := of.typed(asked.Object, asked.Version, asked.Operation == "update")
	if err != nil {
		return answer{Mistakes: mistakes(err)}, nil
	}
	managers := fieldpath.ManagedFields{}
	for name, one := range asked.Managers {
		set, err := setOf(one.Fields)
		if err != nil {
			return answer{}, err
		}
		managers[name] = fieldpath.NewVersionedSet(set, fieldpath.APIVersion(one.APIVersion), one.Applied)
	}
	filters := map[fieldpath.APIVersion]fieldpath.Filter{}
	for version, ignored := range asked.Ignored {
		set, err := setOf(ignored)
		if err != nil {
			return answer{}, err
		}
		filters[fieldpath.APIVersion(version)] = fieldpath.NewExcludeSetFilter(set)
	}
	updater := (&merge.UpdaterBuilder{Converter: of, IgnoreFilter: filters}).BuildUpdater()
	version := fieldpath.APIVersion(asked.Version)
	var result *typed.TypedValue
	if asked.Operation == "update" {
		_, managers, err = updater.Update(live, object, version, managers, asked.Manager)
	} else {
		result, managers, err = updater.Apply(live, object, version, managers, asked.Manager, asked.Force)
	}
	if found, ok := err.(merge.Conflicts); ok {
		given := answer{Message: found.Error()}
		for _, one := range found {
			given.Conflicts = append(given.Conflicts, conflict{one.Manager, one.Path.String()})
		}
		return given, nil
	}
	if err != nil {
		return answer{}, err
	}
	given := answer{Managers: map[string]manager{}}
	if result != nil {
		given.Object = result.AsValue().Unstructured()
	}
	for name, one := range managers {
		given.Managers[name] = manager{json.RawMessage(textOf(one.Set())), string(one.APIVersion()), one.Applied()}
	}
	return given, nil
}

// algebra answers with what comes of the first set alone and with the second.
func algebra(given []json.RawMessage) (answer, error) {
	sets := []*fieldpath.Set{}
	for _, one := range given {
		set, err := setOf(one)
		if err != nil {
			return answer{}, err
		}
		sets = append(sets, set)
	}
	left, right := sets[0], sets[1]
	result := answer{Sets: map[string]string{
		"itself":              textOf(left),
		"union":               textOf(left.Union(right)),
		"intersection":        textOf(left.Intersection(right)),
		"difference":          textOf(left.Difference(right)),
		"recursiveDifference": textOf(left.RecursiveDifference(right)),
		"leaves":              textOf(left.Leaves()),
	}}
	left.Iterate(func(path fieldpath.Path) { result.Paths = append(result.Paths, path.String()) })
	return result, nil
}

func setOf(text json.RawMessage) (*fieldpath.Set, error) {
	set := fieldpath.NewSet()
	return set, set.FromJSON(strings.NewReader(string(text)))
}

func textOf(set *fieldpath.Set) string {
	text, err := set.ToJSON()
	if err != nil {
		panic(err)
	}
	return string(text)
}
