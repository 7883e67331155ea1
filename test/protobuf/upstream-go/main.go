// Answers with what upstream's own types make of objects: a line of JSON on standard input, one on standard output.
//
// {"object": {...}} is answered with {"protobuf": base64 of the bytes that upstream's serializer writes}, and
// {"protobuf": "..."} with {"object": {...}}; either with {"error": "..."} when upstream refuses. {"generic": {...}} is answered
// with {"cbor": "..."}, as an object of no type, and {"cbor": "..."} with {"generic": {...}}. {"openapi": base64 of an OpenAPI v3
// document in protobuf} is answered with {"generic": {...}} as well: the document that it stands for.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"

	openapi_v3 "github.com/google/gnostic-models/openapiv3"
	"google.golang.org/protobuf/proto"
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	admissionregistrationv1alpha1 "k8s.io/api/admissionregistration/v1alpha1"
	admissionregistrationv1beta1 "k8s.io/api/admissionregistration/v1beta1"
	apidiscoveryv2 "k8s.io/api/apidiscovery/v2"
	apidiscoveryv2beta1 "k8s.io/api/apidiscovery/v2beta1"
	apiserverinternalv1alpha1 "k8s.io/api/apiserverinternal/v1alpha1"
	appsv1 "k8s.io/api/apps/v1"
	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	certificatesv1 "k8s.io/api/certificates/v1"
	certificatesv1alpha1 "k8s.io/api/certificates/v1alpha1"
	certificatesv1beta1 "k8s.io/api/certificates/v1beta1"
	coordinationv1 "k8s.io/api/coordination/v1"
	coordinationv1alpha2 "k8s.io/api/coordination/v1alpha2"
	coordinationv1beta1 "k8s.io/api/coordination/v1beta1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	eventsv1 "k8s.io/api/events/v1"
	flowcontrolv1 "k8s.io/api/flowcontrol/v1"
	networkingv1 "k8s.io/api/networking/v1"
	networkingv1beta1 "k8s.io/api/networking/v1beta1"
	nodev1 "k8s.io/api/node/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	resourcev1 "k8s.io/api/resource/v1"
	resourcev1alpha3 "k8s.io/api/resource/v1alpha3"
	resourcev1beta1 "k8s.io/api/resource/v1beta1"
	resourcev1beta2 "k8s.io/api/resource/v1beta2"
	schedulingv1 "k8s.io/api/scheduling/v1"
	schedulingv1alpha2 "k8s.io/api/scheduling/v1alpha2"
	storagev1 "k8s.io/api/storage/v1"
	storagev1beta1 "k8s.io/api/storage/v1beta1"
	storagemigrationv1beta1 "k8s.io/api/storagemigration/v1beta1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/cbor"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
	apiregistrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	"sigs.k8s.io/yaml"
)

const maxLine = 64 * 1024 * 1024

type message struct {
	Object   json.RawMessage `json:"object,omitempty"`
	Protobuf []byte          `json:"protobuf,omitempty"`
	Generic  json.RawMessage `json:"generic,omitempty"`
	CBOR     []byte          `json:"cbor,omitempty"`
	OpenAPI  []byte          `json:"openapi,omitempty"`
	Error    string          `json:"error,omitempty"`
}

func newScheme() *runtime.Scheme {
	scheme := runtime.NewScheme()
	metav1.AddToGroupVersion(scheme, schema.GroupVersion{Version: "v1"})
	for _, add := range []func(*runtime.Scheme) error{
		admissionregistrationv1.AddToScheme, admissionregistrationv1alpha1.AddToScheme, admissionregistrationv1beta1.AddToScheme,
		apidiscoveryv2.AddToScheme, apidiscoveryv2beta1.AddToScheme,
		apiserverinternalv1alpha1.AddToScheme, appsv1.AddToScheme, authenticationv1.AddToScheme, authorizationv1.AddToScheme,
		autoscalingv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme,
		certificatesv1.AddToScheme, certificatesv1alpha1.AddToScheme, certificatesv1beta1.AddToScheme,
		coordinationv1.AddToScheme, coordinationv1alpha2.AddToScheme, coordinationv1beta1.AddToScheme,
		corev1.AddToScheme, discoveryv1.AddToScheme, eventsv1.AddToScheme, flowcontrolv1.AddToScheme,
		networkingv1.AddToScheme, networkingv1beta1.AddToScheme, nodev1.AddToScheme, policyv1.AddToScheme, rbacv1.AddToScheme,
		resourcev1.AddToScheme, resourcev1alpha3.AddToScheme, resourcev1beta1.AddToScheme, resourcev1beta2.AddToScheme,
		schedulingv1.AddToScheme, schedulingv1alpha2.AddToScheme, storagev1.AddToScheme, storagev1beta1.AddToScheme,
		storagemigrationv1beta1.AddToScheme, apiextensionsv1.AddToScheme, apiregistrationv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
	return scheme
}

func encode(scheme *runtime.Scheme, serializer *protobuf.Serializer, text []byte) (*message, error) {
	var meta runtime.TypeMeta
	if err := json.Unmarshal(text, &meta); err != nil {
		return nil, err
	}
	object, err := scheme.New(schema.FromAPIVersionAndKind(meta.APIVersion, meta.Kind))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, object); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := serializer.Encode(object, &out); err != nil {
		return nil, err
	}
	return &message{Protobuf: out.Bytes()}, nil
}

func decode(serializer *protobuf.Serializer, body []byte) (*message, error) {
	object, kind, err := serializer.Decode(body, nil, nil)
	if err != nil {
		return nil, err
	}
	object.GetObjectKind().SetGroupVersionKind(*kind)
	text, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	return &message{Object: text}, nil
}

func encodeCBOR(serializer cbor.Serializer, text []byte) (*message, error) {
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(text); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := serializer.Encode(object, &out); err != nil {
		return nil, err
	}
	return &message{CBOR: out.Bytes()}, nil
}

func decodeCBOR(serializer cbor.Serializer, body []byte) (*message, error) {
	object := &unstructured.Unstructured{}
	if _, _, err := serializer.Decode(body, nil, object); err != nil {
		return nil, err
	}
	text, err := json.Marshal(object.Object)
	if err != nil {
		return nil, err
	}
	return &message{Generic: text}, nil
}

func decodeOpenAPI(body []byte) (*message, error) {
	document := &openapi_v3.Document{}
	if err := proto.Unmarshal(body, document); err != nil {
		return nil, err
	}
	text, err := document.YAMLValue("")
	if err != nil {
		return nil, err
	}
	text, err = yaml.YAMLToJSON(text)
	if err != nil {
		return nil, err
	}
	return &message{Generic: text}, nil
}

func answer(scheme *runtime.Scheme, serializer *protobuf.Serializer, generic cbor.Serializer, question message) (*message, error) {
	switch {
	case question.Object != nil:
		return encode(scheme, serializer, question.Object)
	case question.Generic != nil:
		return encodeCBOR(generic, question.Generic)
	case question.CBOR != nil:
		return decodeCBOR(generic, question.CBOR)
	case question.OpenAPI != nil:
		return decodeOpenAPI(question.OpenAPI)
	default:
		return decode(serializer, question.Protobuf)
	}
}

func main() {
	scheme := newScheme()
	serializer := protobuf.NewSerializer(scheme, scheme)
	generic := cbor.NewSerializer(scheme, scheme)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 64*1024), maxLine)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var question message
		var told *message
		err := json.Unmarshal(lines.Bytes(), &question)
		if err == nil {
			told, err = answer(scheme, serializer, generic, question)
		}
		if err != nil {
			told = &message{Error: err.Error()}
		}
		if err := answers.Encode(told); err != nil {
			panic(err)
		}
	}
}
