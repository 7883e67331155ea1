// An informer of client-go, as operators have it: it follows config maps and rollouts of one namespace and, for each line
// on its input, prints the resourceVersions that it holds as one line of JSON. It ends with its input.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

var followed = []schema.GroupVersionResource{
	{Group: "", Version: "v1", Resource: "configmaps"},
	{Group: "delivery.example.com", Version: "v1", Resource: "rollouts"},
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how the server is reached")
	namespace := flag.String("namespace", "", "what is followed")
	flag.Parse()
	if err := run(*kubeconfig, *namespace); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(kubeconfig, namespace string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(client, 0, namespace, nil)
	stores := map[string]cache.Store{}
	for _, resource := range followed {
		stores[resource.Resource] = factory.ForResource(resource).Informer().GetStore()
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	fmt.Println("synced")
	output := json.NewEncoder(os.Stdout)
	for input := bufio.NewScanner(os.Stdin); input.Scan(); {
		state := map[string]map[string]string{}
		for name, store := range stores {
			if state[name], err = revisions(store); err != nil {
				return err
			}
		}
		if err := output.Encode(state); err != nil {
			return err
		}
	}
	return nil
}

func revisions(store cache.Store) (map[string]string, error) {
	held := map[string]string{}
	for _, item := range store.List() {
		object, err := meta.Accessor(item)
		if err != nil {
			return nil, err
		}
		held[object.GetName()] = object.GetResourceVersion()
	}
	return held, nil
}
