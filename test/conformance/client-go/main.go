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
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// What typed clients can speak.
const (
	inJSON     = "application/json"
	inProtobuf = "application/vnd.kubernetes.protobuf"
	inCBOR     = "application/cbor"
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
	speaks := flag.String("speaks", inJSON, "the media type that typed clients must speak, and no other")
	flag.Parse()
	if err := run(*kubeconfig, *name, *speaks); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(kubeconfig, name, speaks string) (err error) {
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
	w := &walk{ctx: ctx, metadata: metadata.NewForConfigOrDie(config)}
	ofJSON := rest.CopyConfig(config)
	ofJSON.ContentType = inJSON
	w.inJSON = kubernetes.NewForConfigOrDie(ofJSON)
	ofDynamic, ofTyped := newSpoken(), newSpoken()
	counted := rest.CopyConfig(config)
	counted.Wrap(ofDynamic.over)
	w.dynamic = dynamic.NewForConfigOrDie(counted)
	config.Wrap(ofTyped.over)
	// Without a type of their own typed clients prefer protobuf, whatever the gates say of CBOR.
	config.ContentType = speaks
	config.AcceptContentTypes = speaks + "," + inJSON + ";q=0.9"
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
	ofTyped.onlyIn(speaks)
	if speaks == inCBOR && len(ofDynamic.answered) > 0 {
		ofDynamic.onlyIn(inCBOR)
	}
	return nil
}
