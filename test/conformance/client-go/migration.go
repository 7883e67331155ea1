package main

import (
	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/sets"
	corev1 "k8s.io/client-go/applyconfigurations/core/v1"
	"k8s.io/client-go/util/csaupgrade"
)

// migration moves what a manager has by updates to its applies, so that it can take it away by leaving it out.
func migration(w *walk) {
	maps := w.typed.CoreV1().ConfigMaps(w.namespace)
	object := &v1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "a"}, Data: map[string]string{"k": "1", "gone": "1"}}
	must(maps.Create(w.ctx, object, metav1.CreateOptions{FieldManager: "before"}))
	wanted := corev1.ConfigMap("a", w.namespace).WithData(map[string]string{"k": "1"})
	options := metav1.ApplyOptions{FieldManager: "after"}
	shared := must(maps.Apply(w.ctx, wanted, options))
	same("the data while both own it", shared.Data, map[string]string{"k": "1", "gone": "1"})

	patch := must(csaupgrade.UpgradeManagedFieldsPatch(shared, sets.New("before"), "after"))
	moved := must(maps.Patch(w.ctx, "a", types.JSONPatchType, patch, metav1.PatchOptions{FieldManager: "after"}))
	same("managedFields after the migration", owned(moved), []string{`after Apply v1 : {"f:data":{".":{},"f:gone":{},"f:k":{}}}`})
	left := must(maps.Apply(w.ctx, wanted, options))
	same("the data after the migration", left.Data, map[string]string{"k": "1"})

	reset := []byte(`{"metadata":{"managedFields":[{}]}}`)
	bare := must(maps.Patch(w.ctx, "a", types.MergePatchType, reset, metav1.PatchOptions{FieldManager: "after"}))
	same("managedFields after a reset", len(bare.ManagedFields), 0)
}
