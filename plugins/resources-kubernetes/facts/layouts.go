// Layouts writes to src/facts/layouts.ts how the structs are laid out that kube-apiserver keeps objects in, which is how its messages
// print them: put it in a folder of its own below cmd in a checkout of Kubernetes, then `go run ./cmd/layouts > …/layouts.ts`.
package main

import (
	"fmt"
	"log"
	"reflect"
	"sort"
	"strings"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/kubernetes/pkg/apis/core"
)

// roots are the structs that messages print, each beside what it is in the API.
var roots = [][2]any{
	{core.PodTemplateSpec{}, v1.PodTemplateSpec{}},
	{core.PersistentVolumeSource{}, v1.PersistentVolumeSource{}},
	{core.PersistentVolumeClaimSpec{}, v1.PersistentVolumeClaimSpec{}},
	{core.Taint{}, v1.Taint{}},
	{core.NodeAddress{}, v1.NodeAddress{}},
}

// verbatim are those whose JSON is that of the API.
var verbatim = map[reflect.Type]string{
	reflect.TypeOf(resource.Quantity{}):    "q",
	reflect.TypeOf(intstr.IntOrString{}):   "0",
	reflect.TypeOf(metav1.Time{}):          "n",
	reflect.TypeOf(metav1.LabelSelector{}): "n",
}

var layouts = map[string]string{}

// zero is one letter for what the zero value is in JSON, or none for structs.
func zero(t reflect.Type) string {
	if letter, ok := verbatim[t]; ok {
		return letter
	}
	switch t.Kind() {
	case reflect.String:
		return "s"
	case reflect.Bool:
		return "f"
	case reflect.Int32, reflect.Int64, reflect.Int:
		return "0"
	case reflect.Map:
		return "m"
	}
	return ""
}

// form is a letter for a value that stands as it does in the API, else the name of a struct, with * or [] before it.
func form(in, out reflect.Type) string {
	marks := map[reflect.Kind]string{reflect.Pointer: "*", reflect.Slice: "[]"}
	if mark, ok := marks[in.Kind()]; ok {
		inner := form(in.Elem(), out.Elem())
		if len(inner) == 1 {
			return "n"
		}
		return mark + inner
	}
	if letter := zero(in); letter != "" {
		return letter
	}
	visit(in, out)
	return in.Name()
}

func jsonName(f reflect.StructField) string {
	return strings.Split(f.Tag.Get("json"), ",")[0]
}

func fields(in, out reflect.Type) []string {
	var found []string
	for i := 0; i < in.NumField(); i++ {
		f := in.Field(i)
		if f.Anonymous && f.Type == reflect.TypeOf(metav1.ObjectMeta{}) {
			found = append(found, "/metadata:-")
			continue
		}
		if f.Anonymous {
			within := out
			if g, ok := out.FieldByName(f.Name); ok {
				within = g.Type
			}
			found = append(found, fields(f.Type, within)...)
			continue
		}
		g, ok := out.FieldByName(f.Name)
		if !ok || jsonName(f) != "" {
			log.Fatalf("%s.%s is not told of as the API does", in.Name(), f.Name)
		}
		name := f.Name
		if api := jsonName(g); api != strings.ToLower(name[:1])+name[1:] {
			name += "/" + api
		}
		found = append(found, name+":"+form(f.Type, g.Type))
	}
	return found
}

func visit(in, out reflect.Type) {
	if _, ok := layouts[in.Name()]; ok {
		return
	}
	layouts[in.Name()] = ""
	layouts[in.Name()] = strings.Join(fields(in, out), " ")
}

func main() {
	for _, pair := range roots {
		visit(reflect.TypeOf(pair[0]), reflect.TypeOf(pair[1]))
	}
	names := make([]string, 0, len(layouts))
	for name := range layouts {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Print("// Written by facts/layouts.go.\n\n/** The structs that kube-apiserver 1.37 keeps objects in, one a line: a name, then fields with what they hold. */\nexport const LAYOUTS = `\n")
	for _, name := range names {
		fmt.Printf("%s %s\n", name, layouts[name])
	}
	fmt.Print("`;\n")
}
