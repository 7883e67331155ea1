package main

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/tools/cache"
)

// metadataAlone lists, watches and deletes a native kind and one that has no protobuf form by their metadata, which the
// client of it always asks for in protobuf.
func metadataAlone(w *walk) {
	must(w.rollouts().Create(w.ctx, w.rollout(map[string]any{"image": "web:1.0"}), metav1.CreateOptions{}))
	must(w.typed.CoreV1().ConfigMaps(w.namespace).Create(w.ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "web"}}, metav1.CreateOptions{}))
	configMaps := schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}
	for _, resource := range []schema.GroupVersionResource{rolloutResource, configMaps} {
		client := w.metadata.Resource(resource).Namespace(w.namespace)
		object := must(client.Get(w.ctx, "web", metav1.GetOptions{}))
		whole := must(w.dynamic.Resource(resource).Namespace(w.namespace).Get(w.ctx, "web", metav1.GetOptions{}))
		if object.UID != whole.GetUID() || object.ResourceVersion != whole.GetResourceVersion() {
			fail("the metadata of %s is %+v", resource.Resource, object)
		}
		found := false
		for _, item := range must(client.List(w.ctx, metav1.ListOptions{})).Items {
			found = found || item.UID == object.UID
		}
		if !found {
			fail("the list of %s does not have it", resource.Resource)
		}
		deleted := make(chan string, 1)
		factory := metadatainformer.NewFilteredSharedInformerFactory(w.metadata, 0, w.namespace, nil)
		informer := factory.ForResource(resource).Informer()
		must(informer.AddEventHandler(cache.ResourceEventHandlerFuncs{DeleteFunc: func(object any) {
			deleted <- object.(metav1.Object).GetName()
		}}))
		factory.Start(w.ctx.Done())
		factory.WaitForCacheSync(w.ctx.Done())
		if err := client.Delete(w.ctx, "web", metav1.DeleteOptions{}); err != nil {
			fail("unexpected error: %w", err)
		}
		select {
		case name := <-deleted:
			if name != "web" {
				fail("the informer of %s was told of %s", resource.Resource, name)
			}
		case <-w.ctx.Done():
			fail("the informer of %s was not told of the end", resource.Resource)
		}
	}
}
