package main

import (
	"errors"
	"sync"

	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	corev1 "k8s.io/client-go/applyconfigurations/core/v1"
	"k8s.io/client-go/util/retry"
)

// updateStatus does as controllers that count in the status, each reading again when another was faster.
func updateStatus(w *walk) {
	const workers, rounds = 6, 8
	made := must(w.rollouts().Create(w.ctx, w.rollout(map[string]any{"image": "web:1.0"}), metav1.CreateOptions{}))
	count := func() error {
		return retry.RetryOnConflict(retry.DefaultBackoff, func() error {
			rollout, err := w.rollouts().Get(w.ctx, "web", metav1.GetOptions{})
			if err != nil {
				return err
			}
			replicas, _, _ := unstructured.NestedInt64(rollout.Object, "status", "replicas")
			status := map[string]any{"phase": "Progressing", "replicas": replicas + 1}
			rollout.Object["status"] = status
			rollout.Object["spec"].(map[string]any)["image"] = "never:1"
			_, err = w.rollouts().UpdateStatus(w.ctx, rollout, metav1.UpdateOptions{FieldManager: "controller"})
			return err
		})
	}
	var group sync.WaitGroup
	outcomes := make(chan error, workers*rounds)
	for range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			for range rounds {
				// The backoff ends after some tries; a controller then has the object in its queue again.
				err := count()
				for apierrors.IsConflict(err) {
					err = count()
				}
				outcomes <- err
			}
		}()
	}
	group.Wait()
	close(outcomes)
	for err := range outcomes {
		if err != nil {
			fail("an update of the status failed: %w", err)
		}
	}
	live := must(w.rollouts().Get(w.ctx, "web", metav1.GetOptions{}))
	same("the count", must1(unstructured.NestedInt64(live.Object, "status", "replicas")), workers*rounds)
	same("the image", must1(unstructured.NestedString(live.Object, "spec", "image")), "web:1.0")
	same("the generation", live.GetGeneration(), made.GetGeneration())
	entries := owned(live)
	same("managedFields of the status", entries[len(entries)-1],
		`controller Update delivery.example.com/v1 status: {"f:status":{"f:phase":{},"f:replicas":{}}}`)

	live.SetResourceVersion(made.GetResourceVersion())
	if _, err := w.rollouts().UpdateStatus(w.ctx, live, metav1.UpdateOptions{}); !apierrors.IsConflict(err) {
		fail("a stale status is answered with %v", err)
	}
}

// applyStatus does as a controller that owns a condition of a status and not its neighbours.
func applyStatus(w *walk) {
	options := metav1.ApplyOptions{FieldManager: "deployer"}
	must(w.rollouts().Apply(w.ctx, "web", w.rollout(map[string]any{"image": "web:1.0"}), options))
	status := w.rollout(map[string]any{"image": "never:1"})
	status.Object["status"] = map[string]any{"phase": "Healthy"}
	live := must(w.rollouts().ApplyStatus(w.ctx, "web", status, metav1.ApplyOptions{FieldManager: "controller", Force: true}))
	same("the phase", must1(unstructured.NestedString(live.Object, "status", "phase")), "Healthy")
	same("the image", must1(unstructured.NestedString(live.Object, "spec", "image")), "web:1.0")
	same("managedFields", owned(live), []string{
		`controller Apply delivery.example.com/v1 status: {"f:status":{"f:phase":{}}}`,
		`deployer Apply delivery.example.com/v1 : {"f:spec":{"f:image":{}}}`,
	})
	again := must(w.rollouts().Apply(w.ctx, "web", w.rollout(map[string]any{"image": "web:2.0"}), options))
	same("the phase after an apply of the rest", must1(unstructured.NestedString(again.Object, "status", "phase")), "Healthy")
	_, err := w.rollouts().ApplyStatus(w.ctx, "nobody", renamed(status, "nobody"), metav1.ApplyOptions{FieldManager: "controller"})
	if !apierrors.IsNotFound(err) {
		fail("a status of nothing is answered with %v", err)
	}
}

func renamed(object *unstructured.Unstructured, name string) *unstructured.Unstructured {
	copied := object.DeepCopy()
	copied.SetName(name)
	return copied
}

// statusOfNamespaces has two controllers own one condition each.
func statusOfNamespaces(w *walk) {
	namespaces := w.typed.CoreV1().Namespaces()
	for _, kind := range []string{"example.com/First", "example.com/Second"} {
		condition := corev1.NamespaceCondition().
			WithType(v1.NamespaceConditionType(kind)).WithStatus("True").WithReason("Done").WithLastTransitionTime(metav1.Now())
		status := corev1.NamespaceStatus().WithConditions(condition)
		_, err := namespaces.ApplyStatus(w.ctx, corev1.Namespace(w.namespace).WithStatus(status), metav1.ApplyOptions{FieldManager: kind})
		if err != nil {
			fail("the status of a namespace: %w", err)
		}
	}
	live := must(namespaces.Get(w.ctx, w.namespace, metav1.GetOptions{}))
	types := []string{}
	for _, condition := range live.Status.Conditions {
		types = append(types, string(condition.Type))
	}
	same("the conditions", types, []string{"example.com/First", "example.com/Second"})
	mine := must(corev1.ExtractNamespaceStatus(live, "example.com/First"))
	same("the conditions of one", len(mine.Status.Conditions), 1)
	if live.Status.Phase != "Active" {
		fail("the phase is %q", live.Status.Phase)
	}
	gone := namespaces.Delete(w.ctx, "nobody", metav1.DeleteOptions{})
	if status := new(apierrors.StatusError); !errors.As(gone, &status) || status.Status().Reason != metav1.StatusReasonNotFound {
		fail("deleting nothing is answered with %v", gone)
	}
}
