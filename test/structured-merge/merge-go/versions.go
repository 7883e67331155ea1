package main

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/kube-openapi/pkg/schemaconv"
	"k8s.io/kube-openapi/pkg/spec3"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
	"sigs.k8s.io/structured-merge-diff/v6/schema"
	"sigs.k8s.io/structured-merge-diff/v6/typed"
	"sigs.k8s.io/structured-merge-diff/v6/value"
)

const group = "example.com"

// versions are the versions of one kind, and the conversion between v1 and v2.
type versions struct {
	schema  *schema.Schema
	types   map[string]schema.TypeRef
	renames [][2]string
}

// readVersions builds the schemas as upstream does for a CustomResourceDefinition.
func readVersions(schemas map[string]json.RawMessage, renames [][2]string) (*versions, error) {
	crd := &apiextensionsv1.CustomResourceDefinition{
		ObjectMeta: metav1.ObjectMeta{Name: "things." + group},
		Spec: apiextensionsv1.CustomResourceDefinitionSpec{
			Group: group,
			Scope: apiextensionsv1.ClusterScoped,
			Names: apiextensionsv1.CustomResourceDefinitionNames{
				Plural: "things", Singular: "thing", Kind: "Thing", ListKind: "ThingList",
			},
		},
	}
	of := &versions{types: map[string]schema.TypeRef{}, renames: renames}
	names := []string{}
	for name := range schemas {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		properties := &apiextensionsv1.JSONSchemaProps{}
		if err := json.Unmarshal(schemas[name], properties); err != nil {
			return nil, err
		}
		crd.Spec.Versions = append(crd.Spec.Versions, apiextensionsv1.CustomResourceDefinitionVersion{
			Name: name, Served: true, Storage: name == "v1",
			Schema: &apiextensionsv1.CustomResourceValidation{OpenAPIV3Schema: properties},
		})
		model := "com.example." + name + ".Thing"
		of.types[group+"/"+name] = schema.TypeRef{NamedType: &model}
	}
	specs := []*spec3.OpenAPI{}
	for _, name := range names {
		one, err := builder.BuildOpenAPIV3(crd, name, builder.Options{})
		if err != nil {
			return nil, err
		}
		specs = append(specs, one)
	}
	merged, err := builder.MergeSpecsV3(specs...)
	if err != nil {
		return nil, err
	}
	of.schema, err = schemaconv.ToSchemaFromOpenAPI(merged.Components.Schemas, false)
	return of, err
}

func (of *versions) typed(text json.RawMessage, version string, allowDuplicates bool) (*typed.TypedValue, error) {
	var object map[string]any
	if err := utiljson.Unmarshal(text, &object); err != nil {
		return nil, err
	}
	return of.typedObject(object, version, allowDuplicates)
}

func (of *versions) typedObject(object any, version string, allowDuplicates bool) (*typed.TypedValue, error) {
	options := []typed.ValidationOptions{}
	if allowDuplicates {
		options = append(options, typed.AllowDuplicates)
	}
	ref, ok := of.types[version]
	if !ok {
		return nil, missingVersion(version)
	}
	return typed.AsTyped(value.NewValueInterface(object), of.schema, ref, options...)
}

type missingVersion string

func (version missingVersion) Error() string { return fmt.Sprintf("no version %s", string(version)) }

// IsMissingVersionError implements merge.Converter.
func (of *versions) IsMissingVersionError(err error) bool {
	_, ok := err.(missingVersion)
	return ok
}

// Convert implements merge.Converter. The type of a value tells its version.
func (of *versions) Convert(object *typed.TypedValue, to fieldpath.APIVersion) (*typed.TypedValue, error) {
	ref, ok := of.types[string(to)]
	if !ok {
		return nil, missingVersion(to)
	}
	from := object.TypeRef()
	if *ref.NamedType == *from.NamedType {
		return object, nil
	}
	content, ok := object.AsValue().Unstructured().(map[string]any)
	if !ok || len(content) == 0 {
		return of.typedObject(map[string]any{}, string(to), true)
	}
	forward := strings.HasSuffix(string(to), "/v2")
	converted := map[string]any{}
	for key, one := range content {
		converted[key] = one
		if key == "apiVersion" {
			converted[key] = string(to)
		}
		if inner, ok := one.(map[string]any); ok && key == "spec" {
			converted[key] = of.rename(inner, forward)
		}
	}
	return of.typedObject(converted, string(to), true)
}

func (of *versions) rename(spec map[string]any, forward bool) map[string]any {
	renamed := map[string]any{}
	for key, one := range spec {
		for _, pair := range of.renames {
			if forward && key == pair[0] {
				key = pair[1]
			} else if !forward && key == pair[1] {
				key = pair[0]
			} else {
				continue
			}
			break
		}
		renamed[key] = one
	}
	return renamed
}
