package main

import (
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1 "k8s.io/client-go/applyconfigurations/core/v1"
	rbacv1 "k8s.io/client-go/applyconfigurations/rbac/v1"
)

// applyAndExtract does as a controller that reads back what it owns, changes that, and applies it again.
func applyAndExtract(w *walk) {
	maps := w.typed.CoreV1().ConfigMaps(w.namespace)
	options := metav1.ApplyOptions{FieldManager: "one"}
	wanted := corev1.ConfigMap("a", w.namespace).
		WithLabels(map[string]string{"app": "shop"}).
		WithData(map[string]string{"k": "1", "gone": "1"})
	made := must(maps.Apply(w.ctx, wanted, options))
	own := `one Apply v1 : {"f:data":{"f:gone":{},"f:k":{}},"f:metadata":{"f:labels":{"f:app":{}}}}`
	same("managedFields of what was applied", owned(made), []string{own})

	again := must(maps.Apply(w.ctx, wanted, options))
	same("the resourceVersion after the same again", again.ResourceVersion, made.ResourceVersion)

	other := corev1.ConfigMap("a", w.namespace).WithData(map[string]string{"theirs": "1"})
	both := must(maps.Apply(w.ctx, other, metav1.ApplyOptions{FieldManager: "two"}))
	same("managedFields of two", owned(both), []string{own, `two Apply v1 : {"f:data":{"f:theirs":{}}}`})

	mine := must(corev1.ExtractConfigMap(both, "one"))
	same("what is extracted", mine, wanted)
	delete(mine.Data, "gone")
	mine.Data["k"] = "2"
	changed := must(maps.Apply(w.ctx, mine, options))
	same("the data", changed.Data, map[string]string{"k": "2", "theirs": "1"})

	changed.Data["updated"] = "1"
	updated := must(maps.Update(w.ctx, changed, metav1.UpdateOptions{FieldManager: "three"}))
	same("managedFields after an update", owned(updated), []string{
		`one Apply v1 : {"f:data":{"f:k":{}},"f:metadata":{"f:labels":{"f:app":{}}}}`,
		`three Update v1 : {"f:data":{"f:updated":{}}}`,
		`two Apply v1 : {"f:data":{"f:theirs":{}}}`,
	})
	none := must(maps.Apply(w.ctx, corev1.ConfigMap("a", w.namespace), options))
	same("the data without those of one", none.Data, map[string]string{"theirs": "1", "updated": "1"})
	same("the labels without those of one", none.Labels, map[string]string(nil))
}

// conflicts does as two deployers that want one field.
func conflicts(w *walk) {
	maps := w.typed.CoreV1().ConfigMaps(w.namespace)
	config := func(k string) *corev1.ConfigMapApplyConfiguration {
		return corev1.ConfigMap("a", w.namespace).WithData(map[string]string{"k": k})
	}
	must(maps.Apply(w.ctx, config("1"), metav1.ApplyOptions{FieldManager: "one"}))
	shared := must(maps.Apply(w.ctx, config("1"), metav1.ApplyOptions{FieldManager: "two"}))
	same("owners of one value", len(shared.ManagedFields), 2)

	_, err := maps.Apply(w.ctx, config("2"), metav1.ApplyOptions{FieldManager: "two"})
	if !apierrors.IsConflict(err) || apierrors.ReasonForError(err) != metav1.StatusReasonConflict {
		fail("the error is no conflict: %v", err)
	}
	same("the message", err.Error(), `Apply failed with 1 conflict: conflict with "one": .data.k`)
	cause, found := apierrors.StatusCause(err, metav1.CauseTypeFieldManagerConflict)
	same("the cause", []any{found, cause.Field, cause.Message}, []any{true, ".data.k", `conflict with "one"`})

	forced := must(maps.Apply(w.ctx, config("2"), metav1.ApplyOptions{FieldManager: "two", Force: true}))
	same("owners after force", owned(forced), []string{`two Apply v1 : {"f:data":{"f:k":{}}}`})
	rest := must(corev1.ExtractConfigMap(forced, "one"))
	same("what one has left", rest, corev1.ConfigMap("a", w.namespace))

	stale := config("3").WithResourceVersion("1")
	_, err = maps.Apply(w.ctx, stale, metav1.ApplyOptions{FieldManager: "two"})
	if !apierrors.IsConflict(err) {
		fail("a stale resourceVersion is answered with %v", err)
	}
	_, err = maps.Apply(w.ctx, config("3"), metav1.ApplyOptions{})
	if !apierrors.IsInvalid(err) {
		fail("an apply without a manager is answered with %v", err)
	}
}

// typedKinds applies one object of several kinds and extracts it again.
func typedKinds(w *walk) {
	options := metav1.ApplyOptions{FieldManager: "kinds"}
	core, access := w.typed.CoreV1(), w.typed.RbacV1()

	secret := corev1.Secret("s", w.namespace).WithType("Opaque").WithData(map[string][]byte{"k": []byte("hush")})
	same("the secret", must(corev1.ExtractSecret(must(core.Secrets(w.namespace).Apply(w.ctx, secret, options)), "kinds")), secret)

	account := corev1.ServiceAccount("a", w.namespace).WithSecrets(corev1.ObjectReference().WithName("s"))
	made := must(core.ServiceAccounts(w.namespace).Apply(w.ctx, account, options))
	same("the account", must(corev1.ExtractServiceAccount(made, "kinds")), account)

	role := rbacv1.Role("r", w.namespace).WithRules(
		rbacv1.PolicyRule().WithAPIGroups("").WithResources("configmaps").WithVerbs("get", "list"))
	same("the role", must(rbacv1.ExtractRole(must(access.Roles(w.namespace).Apply(w.ctx, role, options)), "kinds")), role)

	binding := rbacv1.RoleBinding("b", w.namespace).
		WithRoleRef(rbacv1.RoleRef().WithAPIGroup("rbac.authorization.k8s.io").WithKind("Role").WithName("r")).
		WithSubjects(rbacv1.Subject().WithKind("ServiceAccount").WithName("a").WithNamespace(w.namespace))
	bound := must(access.RoleBindings(w.namespace).Apply(w.ctx, binding, options))
	same("the binding", must(rbacv1.ExtractRoleBinding(bound, "kinds")), binding)

	name := fmt.Sprintf("%s-more", w.namespace)
	namespace := corev1.Namespace(name).WithLabels(map[string]string{"team": "shop"})
	live := must(core.Namespaces().Apply(w.ctx, namespace, options))
	same("the namespace", must(corev1.ExtractNamespace(live, "kinds")), namespace)
	same("its phase", live.Status.Phase, "Active")
	same("its finalizers", live.Spec.Finalizers, []string{"kubernetes"})
}
