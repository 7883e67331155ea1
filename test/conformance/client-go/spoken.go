package main

import (
	"mime"
	"net/http"
	"strings"
	"sync"
)

// spoken counts what clients send and are answered in, by media type.
type spoken struct {
	mutex    sync.Mutex
	sent     map[string]int
	answered map[string]int
}

func newSpoken() *spoken {
	return &spoken{sent: map[string]int{}, answered: map[string]int{}}
}

// over is a transport that counts.
func (s *spoken) over(transport http.RoundTripper) http.RoundTripper {
	return counting{spoken: s, transport: transport}
}

type counting struct {
	spoken    *spoken
	transport http.RoundTripper
}

func (c counting) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	c.spoken.mutex.Lock()
	defer c.spoken.mutex.Unlock()
	if request.Body != nil && request.Body != http.NoBody {
		c.spoken.sent[bare(request.Header.Get("Content-Type"))]++
	}
	c.spoken.answered[bare(response.Header.Get("Content-Type"))]++
	return response, nil
}

func bare(contentType string) string {
	if mediaType, _, err := mime.ParseMediaType(contentType); err == nil {
		return mediaType
	}
	return contentType
}

// onlyIn fails unless all bodies but those of patches were sent in this media type, and everything was answered in it.
func (s *spoken) onlyIn(mediaType string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	sent := s.sent[mediaType]
	if mediaType == inCBOR {
		sent += s.sent["application/apply-patch+cbor"]
	}
	if sent == 0 || s.answered[mediaType] == 0 {
		fail("nothing was said in %s: sent %v, answered %v", mediaType, s.sent, s.answered)
	}
	for other := range s.sent {
		if other != mediaType && !strings.Contains(other, "patch+") {
			fail("bodies are in %v", s.sent)
		}
	}
	for answered := range s.answered {
		// A watch in CBOR is a sequence.
		if answered != mediaType && answered != mediaType+"-seq" {
			fail("answers are in %v", s.answered)
		}
	}
}
