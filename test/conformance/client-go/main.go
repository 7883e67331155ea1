// What controllers and deployers built on client-go do with apply, dry runs and updates of the status, as checks that are
// named on the command line. It prints what does not hold and ends with 1.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/tools/clientcmd"
)

// checks has one entry for each test of client-go.test.ts.
var checks = map[string]func(*walk){
	"apply-and-extract":    applyAndExtract,
	"conflicts":            conflicts,
	"typed-kinds":          typedKinds,
	"dry-run-comparison":   dryRunComparison,
	"status-of-namespaces": statusOfNamespaces,
	"update-status":        updateStatus,
	"apply-status":         applyStatus,
	"migration":            migration,
	"native-kinds":         nativeKinds,
	"metadata-alone":       metadataAlone,
}

// walk is one check under way, in a namespace of its own.
type walk struct {
	ctx       context.Context
	namespace string
	typed     kubernetes.Interface
	// inJSON speaks JSON whatever typed does.
	inJSON   kubernetes.Interface
	dynamic  dynamic.Interface
	metadata metadata.Interface
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how the server is reached")
	name := flag.String("check", "", "what is checked")
	protobuf := flag.Bool("protobuf", false, "let typed clients speak protobuf")
	flag.Parse()
	if err := run(*kubeconfig, *name, *protobuf); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(kubeconfig, name string, protobuf bool) (err error) {
	check, found := checks[name]
	if !found {
		return fmt.Errorf("there is no check %q", name)
	}
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS = -1
	config.UserAgent = "client-go-walk/1.0"
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	w := &walk{
		ctx:      ctx,
		dynamic:  dynamic.NewForConfigOrDie(config),
		inJSON:   kubernetes.NewForConfigOrDie(config),
		metadata: metadata.NewForConfigOrDie(config),
	}
	if protobuf {
		config.ContentType = "application/vnd.kubernetes.protobuf"
		config.AcceptContentTypes = "application/vnd.kubernetes.protobuf,application/json"
	}
	w.typed = kubernetes.NewForConfigOrDie(config)
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{GenerateName: name + "-"}}
	made, err := w.typed.CoreV1().Namespaces().Create(ctx, namespace, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	w.namespace = made.Name
	defer func() {
		if failed, isFailure := recover().(failure); isFailure {
			err = failed
		}
	}()
	check(w)
	return nil
}
