package main

import (
	"context"
	"reflect"
	"time"

	apiequality "k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/tools/cache"
)

// typedClient is what the client of a namespaced kind has.
type typedClient[T, L any] interface {
	Create(context.Context, *T, metav1.CreateOptions) (*T, error)
	Update(context.Context, *T, metav1.UpdateOptions) (*T, error)
	Get(context.Context, string, metav1.GetOptions) (*T, error)
	List(context.Context, metav1.ListOptions) (*L, error)
	Watch(context.Context, metav1.ListOptions) (watch.Interface, error)
	Delete(context.Context, string, metav1.DeleteOptions) error
}

// object is what a pointer to a kind is.
type object[T any] interface {
	*T
	metav1.Object
	runtime.Object
}

// told is what an informer says of the object of a kind.
type told struct {
	what   string
	object metav1.Object
}

// inform starts an informer of a kind and tells what it says; the channel has room for all that one object does.
func inform[T, L any](w *walk, client typedClient[T, L], example runtime.Object) <-chan told {
	events := make(chan told, 64)
	tell := func(what string, object any) { events <- told{what, object.(metav1.Object)} }
	lists := cache.ToListWatcherWithWatchListSemantics(&cache.ListWatch{
		ListWithContextFunc: func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
			list, err := client.List(ctx, options)
			return any(list).(runtime.Object), err
		},
		WatchFuncWithContext: client.Watch,
	}, w.typed)
	informer := cache.NewSharedIndexInformer(lists, example, 0, cache.Indexers{})
	must(informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { tell("added", object) },
		UpdateFunc: func(_, object any) { tell("updated", object) },
		DeleteFunc: func(object any) { tell("deleted", object) },
	}))
	go informer.RunWithContext(w.ctx)
	if !cache.WaitForCacheSync(w.ctx.Done(), informer.HasSynced) {
		fail("the informer of %T did not sync", example)
	}
	return events
}

// expectTold waits for what an informer says of an object in a state, past what it says of others before.
func expectTold(w *walk, events <-chan told, what string, wanted metav1.Object) {
	for {
		select {
		case event := <-events:
			if event.object.GetName() != wanted.GetName() {
				continue
			}
			if event.what == what && (what == "deleted" || apiequality.Semantic.DeepEqual(event.object, wanted)) {
				return
			}
			if event.what == what && event.object.GetResourceVersion() == wanted.GetResourceVersion() {
				fail("an informer was told %s of %T with %+v, which is %+v", what, wanted, event.object, wanted)
			}
		case <-w.ctx.Done():
			fail("no informer was told %s of %T %s", what, wanted, wanted.GetName())
		case <-time.After(10 * time.Second):
			fail("no informer was told %s of %T %s in time", what, wanted, wanted.GetName())
		}
	}
}

// throughLife creates, reads, lists, changes and deletes an object, while an informer looks on; in JSON it is the same.
func throughLife[T, L any, P object[T]](w *walk, client, inJSON typedClient[T, L], example P) {
	defer func() {
		if failed, isFailure := recover().(failure); isFailure {
			fail("%T: %v", example, error(failed))
		}
	}()
	events := inform(w, client, example)
	example.SetName("life")
	example.SetLabels(map[string]string{"stage": "made"})
	made := must(client.Create(w.ctx, example, metav1.CreateOptions{}))
	expectTold(w, events, "added", P(made))
	read := must(client.Get(w.ctx, "life", metav1.GetOptions{}))
	same("what was read", read, made)
	same("what JSON says", must(inJSON.Get(w.ctx, "life", metav1.GetOptions{})), made)
	expectListed(w, client, inJSON)

	P(read).GetLabels()["stage"] = "changed"
	changed := must(client.Update(w.ctx, read, metav1.UpdateOptions{}))
	expectTold(w, events, "updated", P(changed))
	_, err := client.Update(w.ctx, made, metav1.UpdateOptions{})
	if !apierrors.IsConflict(err) {
		fail("an update of a state of before was answered %v", err)
	}
	now := int64(0)
	if err := client.Delete(w.ctx, "life", metav1.DeleteOptions{GracePeriodSeconds: &now}); err != nil {
		fail("unexpected error: %w", err)
	}
	expectTold(w, events, "deleted", P(changed))
	_, err = client.Get(w.ctx, "life", metav1.GetOptions{})
	if !apierrors.IsNotFound(err) {
		fail("a GET of what was deleted was answered %v", err)
	}
}

func expectListed[T, L any](w *walk, client, inJSON typedClient[T, L]) {
	options := metav1.ListOptions{LabelSelector: "stage=made"}
	items := func(list *L) any { return reflect.ValueOf(list).Elem().FieldByName("Items").Interface() }
	list := items(must(client.List(w.ctx, options)))
	same("the list that JSON has", items(must(inJSON.List(w.ctx, options))), list)
	if length := reflect.ValueOf(list).Len(); length != 1 {
		fail("the list has %d items", length)
	}
}
