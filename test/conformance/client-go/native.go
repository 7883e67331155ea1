package main

import (
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func pointer[T any](value T) *T { return &value }

var (
	labels   = map[string]string{"app": "life"}
	selector = &metav1.LabelSelector{MatchLabels: labels}
)

func podSpec(policy corev1.RestartPolicy) corev1.PodSpec {
	probe := &corev1.Probe{ProbeHandler: corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: "/", Port: intstr.FromString("http")}}}
	quota := corev1.ResourceList{"cpu": resource.MustParse("100m"), "memory": resource.MustParse("64Mi")}
	return corev1.PodSpec{
		RestartPolicy: policy,
		Volumes:       []corev1.Volume{{Name: "tmp", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}},
		Containers: []corev1.Container{{
			Name: "a", Image: "a:1", LivenessProbe: probe,
			Ports:        []corev1.ContainerPort{{Name: "http", ContainerPort: 80}},
			Env:          []corev1.EnvVar{{Name: "A", Value: "größer"}},
			Resources:    corev1.ResourceRequirements{Requests: quota, Limits: quota},
			VolumeMounts: []corev1.VolumeMount{{Name: "tmp", MountPath: "/tmp"}},
		}},
	}
}

func template(policy corev1.RestartPolicy) corev1.PodTemplateSpec {
	return corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: podSpec(policy)}
}

// nativeKinds lets more than twenty kinds live from their creation to their end: such as no controller of the server changes.
func nativeKinds(w *walk) {
	core, coreJSON := w.typed.CoreV1(), w.inJSON.CoreV1()
	apps, appsJSON := w.typed.AppsV1(), w.inJSON.AppsV1()
	n := w.namespace
	always := template(corev1.RestartPolicyAlways)

	throughLife(w, core.ConfigMaps(n), coreJSON.ConfigMaps(n), &corev1.ConfigMap{Data: labels, BinaryData: map[string][]byte{"b": {0, 255}}})
	throughLife(w, core.Secrets(n), coreJSON.Secrets(n), &corev1.Secret{Data: map[string][]byte{"k": []byte("v")}})
	throughLife(w, core.ServiceAccounts(n), coreJSON.ServiceAccounts(n), &corev1.ServiceAccount{})
	throughLife(w, core.Pods(n), coreJSON.Pods(n), &corev1.Pod{Spec: podSpec(corev1.RestartPolicyNever)})
	throughLife(w, core.PodTemplates(n), coreJSON.PodTemplates(n), &corev1.PodTemplate{Template: always})
	throughLife(w, core.ReplicationControllers(n), coreJSON.ReplicationControllers(n), &corev1.ReplicationController{
		Spec: corev1.ReplicationControllerSpec{Replicas: pointer(int32(0)), Selector: labels, Template: &always}})
	throughLife(w, core.Services(n), coreJSON.Services(n), &corev1.Service{
		Spec: corev1.ServiceSpec{Selector: labels, Ports: []corev1.ServicePort{{Port: 80, TargetPort: intstr.FromInt32(8080)}}}})
	throughLife(w, core.Endpoints(n), coreJSON.Endpoints(n), &corev1.Endpoints{Subsets: []corev1.EndpointSubset{{
		Addresses: []corev1.EndpointAddress{{IP: "10.1.1.1"}}, Ports: []corev1.EndpointPort{{Port: 80}}}}})
	throughLife(w, core.PersistentVolumeClaims(n), coreJSON.PersistentVolumeClaims(n), &corev1.PersistentVolumeClaim{
		Spec: corev1.PersistentVolumeClaimSpec{
			AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			Resources:   corev1.VolumeResourceRequirements{Requests: corev1.ResourceList{"storage": resource.MustParse("1Gi")}}}})
	throughLife(w, core.LimitRanges(n), coreJSON.LimitRanges(n), &corev1.LimitRange{Spec: corev1.LimitRangeSpec{Limits: []corev1.LimitRangeItem{{
		Type: corev1.LimitTypePod, Max: corev1.ResourceList{"cpu": resource.MustParse("2")}}}}})

	throughLife(w, apps.Deployments(n), appsJSON.Deployments(n), &appsv1.Deployment{Spec: appsv1.DeploymentSpec{Selector: selector, Template: always}})
	throughLife(w, apps.ReplicaSets(n), appsJSON.ReplicaSets(n), &appsv1.ReplicaSet{Spec: appsv1.ReplicaSetSpec{Selector: selector, Template: always}})
	throughLife(w, apps.StatefulSets(n), appsJSON.StatefulSets(n), &appsv1.StatefulSet{
		Spec: appsv1.StatefulSetSpec{ServiceName: "life", Selector: selector, Template: always}})
	throughLife(w, apps.DaemonSets(n), appsJSON.DaemonSets(n), &appsv1.DaemonSet{Spec: appsv1.DaemonSetSpec{Selector: selector, Template: always}})
	throughLife(w, apps.ControllerRevisions(n), appsJSON.ControllerRevisions(n), &appsv1.ControllerRevision{
		Revision: 3, Data: runtime.RawExtension{Raw: []byte(`{"spec":{"a":[1,2]}}`)}})

	never := template(corev1.RestartPolicyNever)
	throughLife(w, w.typed.BatchV1().Jobs(n), w.inJSON.BatchV1().Jobs(n), &batchv1.Job{Spec: batchv1.JobSpec{Template: never}})
	throughLife(w, w.typed.BatchV1().CronJobs(n), w.inJSON.BatchV1().CronJobs(n), &batchv1.CronJob{
		Spec: batchv1.CronJobSpec{Schedule: "*/5 * * * *", JobTemplate: batchv1.JobTemplateSpec{Spec: batchv1.JobSpec{Template: never}}}})

	backend := networkingv1.IngressBackend{Service: &networkingv1.IngressServiceBackend{Name: "life", Port: networkingv1.ServiceBackendPort{Number: 80}}}
	throughLife(w, w.typed.NetworkingV1().Ingresses(n), w.inJSON.NetworkingV1().Ingresses(n), &networkingv1.Ingress{
		Spec: networkingv1.IngressSpec{DefaultBackend: &backend}})
	throughLife(w, w.typed.NetworkingV1().NetworkPolicies(n), w.inJSON.NetworkingV1().NetworkPolicies(n), &networkingv1.NetworkPolicy{
		Spec: networkingv1.NetworkPolicySpec{PodSelector: *selector, Ingress: []networkingv1.NetworkPolicyIngressRule{{}}}})
	throughLife(w, w.typed.PolicyV1().PodDisruptionBudgets(n), w.inJSON.PolicyV1().PodDisruptionBudgets(n), &policyv1.PodDisruptionBudget{
		Spec: policyv1.PodDisruptionBudgetSpec{Selector: selector, MinAvailable: pointer(intstr.FromString("50%"))}})
	throughLife(w, w.typed.RbacV1().Roles(n), w.inJSON.RbacV1().Roles(n), &rbacv1.Role{
		Rules: []rbacv1.PolicyRule{{Verbs: []string{"get"}, APIGroups: []string{""}, Resources: []string{"pods"}}}})
	throughLife(w, w.typed.RbacV1().RoleBindings(n), w.inJSON.RbacV1().RoleBindings(n), &rbacv1.RoleBinding{
		RoleRef: rbacv1.RoleRef{APIGroup: "rbac.authorization.k8s.io", Kind: "Role", Name: "life"}})
	throughLife(w, w.typed.CoordinationV1().Leases(n), w.inJSON.CoordinationV1().Leases(n), &coordinationv1.Lease{Spec: coordinationv1.LeaseSpec{
		HolderIdentity: pointer("a"), LeaseDurationSeconds: pointer(int32(15)), RenewTime: &metav1.MicroTime{Time: metav1.Unix(1767322800, 123456000).Time}}})
	throughLife(w, w.typed.DiscoveryV1().EndpointSlices(n), w.inJSON.DiscoveryV1().EndpointSlices(n), &discoveryv1.EndpointSlice{
		AddressType: discoveryv1.AddressTypeIPv4, Endpoints: []discoveryv1.Endpoint{{Addresses: []string{"10.1.1.1"}}}})
	throughLife(w, w.typed.AutoscalingV2().HorizontalPodAutoscalers(n), w.inJSON.AutoscalingV2().HorizontalPodAutoscalers(n), &autoscalingv2.HorizontalPodAutoscaler{
		Spec: autoscalingv2.HorizontalPodAutoscalerSpec{
			ScaleTargetRef: autoscalingv2.CrossVersionObjectReference{APIVersion: "apps/v1", Kind: "Deployment", Name: "life"}, MaxReplicas: 3}})
}
