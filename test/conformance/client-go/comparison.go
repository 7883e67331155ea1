package main

import (
	"encoding/json"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
)

var rolloutResource = schema.GroupVersionResource{Group: "delivery.example.com", Version: "v1", Resource: "rollouts"}

func (w *walk) rollouts() dynamic.ResourceInterface {
	return w.dynamic.Resource(rolloutResource).Namespace(w.namespace)
}

func (w *walk) rollout(spec map[string]any) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "delivery.example.com/v1",
		"kind":       "Rollout",
		"metadata":   map[string]any{"name": "web", "namespace": w.namespace},
		"spec":       spec,
	}}
}

// predict asks what an apply would leave, as a deployer that compares by dry runs does.
func (w *walk) predict(wanted *unstructured.Unstructured, manager string) (*unstructured.Unstructured, error) {
	force, body := true, must(json.Marshal(wanted))
	options := metav1.PatchOptions{DryRun: []string{metav1.DryRunAll}, FieldManager: manager, Force: &force}
	return w.rollouts().Patch(w.ctx, wanted.GetName(), types.ApplyPatchType, body, options)
}

// normalised is what two states are compared by: not who wrote when, but what is there.
func normalised(object *unstructured.Unstructured) map[string]any {
	copied := object.DeepCopy()
	copied.SetManagedFields(nil)
	copied.SetResourceVersion("")
	copied.SetGeneration(0)
	unstructured.RemoveNestedField(copied.Object, "status")
	return copied.Object
}

// dryRunComparison finds by dry runs whether what is live is as wanted: defaults and fields of others make no difference.
func dryRunComparison(w *walk) {
	const manager = "deployer"
	steps := []any{map[string]any{"name": "first", "weight": int64(10)}, map[string]any{"name": "rest", "weight": int64(100)}}
	wanted := w.rollout(map[string]any{"image": "web:1.0", "steps": steps})

	predicted := must(w.predict(wanted, manager))
	same("the default of what would be made", must1(unstructured.NestedInt64(predicted.Object, "spec", "replicas")), 1)
	if _, err := w.rollouts().Get(w.ctx, "web", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
		fail("a dry run has left something: %v", err)
	}

	options := metav1.ApplyOptions{FieldManager: manager, Force: true}
	live := must(w.rollouts().Apply(w.ctx, "web", wanted, options))
	compare := func(what string, live, wanted *unstructured.Unstructured, equal bool) {
		predicted := must(w.predict(wanted, manager))
		left, right := must(json.Marshal(normalised(live))), must(json.Marshal(normalised(predicted)))
		if (string(left) == string(right)) != equal {
			fail("%s: live and predicted are equal: %v\n%s\n%s", what, !equal, left, right)
		}
		now := must(w.rollouts().Get(w.ctx, "web", metav1.GetOptions{}))
		same("the resourceVersion after a dry run of "+what, now.GetResourceVersion(), live.GetResourceVersion())
	}
	compare("what is as wanted", live, wanted, true)

	patch := []byte(`{"metadata":{"annotations":{"note":"by hand"}},"spec":{"replicas":5}}`)
	live = must(w.rollouts().Patch(w.ctx, "web", types.MergePatchType, patch, metav1.PatchOptions{FieldManager: "someone"}))
	compare("what others have added", live, wanted, true)

	drift := []byte(`{"spec":{"image":"web:2.0"}}`)
	live = must(w.rollouts().Patch(w.ctx, "web", types.MergePatchType, drift, metav1.PatchOptions{FieldManager: "someone"}))
	compare("a field that was changed by hand", live, wanted, false)

	live = must(w.rollouts().Apply(w.ctx, "web", wanted, options))
	compare("what was brought back", live, wanted, true)
	fewer := w.rollout(map[string]any{"image": "web:1.0", "steps": steps[1:]})
	compare("a step that is wanted no more", live, fewer, false)
	wrong := w.rollout(map[string]any{"image": "web:1.0", "replicas": int64(-1)})
	if _, err := w.predict(wrong, manager); !apierrors.IsInvalid(err) {
		fail("a wrong object is predicted: %v", err)
	}
}

// must1 takes the first of three results.
func must1[T any](value T, found bool, err error) T {
	if !found || err != nil {
		fail("a field is not there: %v", err)
	}
	return value
}
