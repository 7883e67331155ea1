package main

import (
	"math"
	"sort"
)

// moment says that a revision was known at a time.
type moment struct {
	time     int64
	revision int64
}

// realTime ties revisions to the recorder's clock.
type realTime struct {
	// known: at this time somebody had been told of this revision; both rise.
	known []moment
	// begun: a write that was begun at this time got this revision; times rise, revisions are the least from here on.
	begun []moment
}

func newRealTime(history *History, log *Log) realTime {
	var known, begun []moment
	for _, line := range history.Operations {
		if line.Outcome != "ok" || line.Seen == nil {
			continue
		}
		known = append(known, moment{*line.Return, line.Seen.Revision})
		if line.Verb != "get" {
			begun = append(begun, moment{line.Call, line.Seen.Revision})
		}
	}
	for _, list := range history.Lists {
		if list.Mode != "exact" {
			known = append(known, moment{*list.Return, list.Pages[0]})
		}
	}
	for _, change := range log.Changes {
		known = append(known, moment{change.Arrival, change.Revision})
	}
	byTime := func(moments []moment) {
		sort.Slice(moments, func(a, b int) bool { return moments[a].time < moments[b].time })
	}
	byTime(known)
	byTime(begun)
	for index := 1; index < len(known); index++ {
		known[index].revision = max(known[index].revision, known[index-1].revision)
	}
	for index := len(begun) - 2; index >= 0; index-- {
		begun[index].revision = min(begun[index].revision, begun[index+1].revision)
	}
	return realTime{known, begun}
}

// from is the least revision that an answer to something begun at this time may reflect.
func (times realTime) from(call int64) int64 {
	next := sort.Search(len(times.known), func(index int) bool { return times.known[index].time >= call })
	if next == 0 {
		return 0
	}
	return times.known[next-1].revision
}

// to is the greatest revision that an answer given at this time may reflect.
func (times realTime) to(end int64) int64 {
	next := sort.Search(len(times.begun), func(index int) bool { return times.begun[index].time > end })
	if next == len(times.begun) {
		return math.MaxInt64
	}
	return times.begun[next].revision - 1
}
