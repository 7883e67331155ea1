// Package main gives the tests what upstream's own code says about encryption at rest: its transformers, by its own reading of
// an EncryptionConfiguration, and a key service on its own server library.
package main

import (
	"bufio"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/server/options/encryptionconfig"
	"k8s.io/apiserver/pkg/storage/value"
	"k8s.io/kms/pkg/service"
)

// question is one line of standard input of `transform`.
type question struct {
	Operation string `json:"operation"`
	Config    string `json:"config"`
	Resource  string `json:"resource"`
	Key       string `json:"key"`
	Value     []byte `json:"value"`
}

// answer is one line of standard output.
type answer struct {
	Value []byte `json:"value"`
	Stale bool   `json:"stale"`
	Error string `json:"error,omitempty"`
}

func main() {
	switch {
	case len(os.Args) == 2 && os.Args[1] == "transform":
		transform()
	case len(os.Args) == 4 && os.Args[1] == "kms":
		serve(os.Args[2], os.Args[3])
	default:
		fmt.Fprintln(os.Stderr, "usage: upstream-go transform | kms <socket> <state file>")
		os.Exit(2)
	}
}

func transform() {
	ctx := context.Background()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	out := json.NewEncoder(os.Stdout)
	configs := map[string]*encryptionconfig.EncryptionConfiguration{}
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		var said answer
		if err := ask(ctx, configs, asked, &said); err != nil {
			said.Error = err.Error()
		}
		if err := out.Encode(said); err != nil {
			panic(err)
		}
	}
}

func ask(ctx context.Context, configs map[string]*encryptionconfig.EncryptionConfiguration, asked question, said *answer) error {
	config, known := configs[asked.Config]
	if !known {
		loaded, err := encryptionconfig.LoadEncryptionConfig(ctx, asked.Config, false, "quarterdeck-test")
		if err != nil {
			return err
		}
		config, configs[asked.Config] = loaded, loaded
	}
	if asked.Operation == "load" {
		return nil
	}
	transformer := encryptionconfig.StaticTransformers(config.Transformers).TransformerForResource(schema.ParseGroupResource(asked.Resource))
	var err error
	if asked.Operation == "encrypt" {
		said.Value, err = transformer.TransformToStorage(ctx, asked.Value, value.DefaultContext(asked.Key))
	} else {
		said.Value, said.Stale, err = transformer.TransformFromStorage(ctx, asked.Value, value.DefaultContext(asked.Key))
	}
	return err
}

// keyService encrypts by a key that is made of the key's ID. The file holds `<key ID> <health>`.
type keyService struct{ file string }

func (s *keyService) state() (string, string) {
	content, err := os.ReadFile(s.file)
	if err != nil {
		return "", err.Error()
	}
	id, health, _ := strings.Cut(strings.TrimSpace(string(content)), " ")
	return id, health
}

func sealer(id string) cipher.AEAD {
	key := sha256.Sum256([]byte("key of " + id))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

func (s *keyService) Status(context.Context) (*service.StatusResponse, error) {
	id, health := s.state()
	return &service.StatusResponse{Version: "v2", Healthz: health, KeyID: id}, nil
}

func (s *keyService) Encrypt(_ context.Context, _ string, plain []byte) (*service.EncryptResponse, error) {
	id, health := s.state()
	if health == "refuses" {
		return nil, errors.New("the key service refuses")
	}
	aead := sealer(id)
	nonce := make([]byte, aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	notes := map[string][]byte{"version.encryption.example.com": []byte("1")}
	return &service.EncryptResponse{Ciphertext: aead.Seal(nonce, nonce, plain, nil), KeyID: id, Annotations: notes}, nil
}

func (s *keyService) Decrypt(_ context.Context, _ string, asked *service.DecryptRequest) ([]byte, error) {
	if string(asked.Annotations["version.encryption.example.com"]) != "1" {
		return nil, errors.New("the annotations are not those of the encryption")
	}
	aead := sealer(asked.KeyID)
	size := aead.NonceSize()
	if len(asked.Ciphertext) < size {
		return nil, errors.New("too short")
	}
	return aead.Open(nil, asked.Ciphertext[:size], asked.Ciphertext[size:], nil)
}

func serve(socket, file string) {
	server := service.NewGRPCService(socket, 3*time.Second, &keyService{file: file})
	if err := server.ListenAndServe(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
