package main

import (
	"encoding/json"
	"fmt"
	"sort"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// failure ends a check.
type failure struct{ error }

func fail(format string, values ...any) {
	panic(failure{fmt.Errorf(format, values...)})
}

func must[T any](value T, err error) T {
	if err != nil {
		fail("unexpected error: %w", err)
	}
	return value
}

// same compares two values by their JSON.
func same(what string, got, want any) {
	left, right := string(must(json.Marshal(got))), string(must(json.Marshal(want)))
	if left != right {
		fail("%s is\n%s\nand not\n%s", what, left, right)
	}
}

// owned tells each entry of managedFields as "manager operation subresource: fields", in order.
func owned(object metav1.Object) []string {
	told := []string{}
	for _, entry := range object.GetManagedFields() {
		// An apply that changes nothing but who owns what has no time, as upstream.
		if entry.FieldsType != "FieldsV1" {
			fail("an entry of managedFields is of the type %q", entry.FieldsType)
		}
		told = append(told, fmt.Sprintf("%s %s %s %s: %s", entry.Manager, entry.Operation, entry.APIVersion, entry.Subresource, entry.FieldsV1.Raw))
	}
	sort.Strings(told)
	return told
}
