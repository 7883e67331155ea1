package main

import "fmt"

// checkTransactions: all writes of a transaction are in the log at one revision, or none is; and nothing else shares a
// revision with another write.
func checkTransactions(history *History, log *Log) []string {
	var problems []string
	owner := map[string]int{}
	for number, transaction := range history.Transactions {
		for _, write := range transaction.Writes {
			owner[write.Value] = number + 1
		}
		if problem := checkTransaction(transaction, log); problem != "" {
			problems = append(problems, fmt.Sprintf("transaction by client %d at %d: %s", transaction.Client, transaction.Call, problem))
		}
	}
	for index := 1; index < len(log.Changes); index++ {
		one, other := log.Changes[index-1], log.Changes[index]
		if one.Revision == other.Revision && (owner[one.Seen.Value] == 0 || owner[one.Seen.Value] != owner[other.Seen.Value]) {
			problems = append(problems, fmt.Sprintf("two writes at revision %d that are not of one transaction: %v and %v", one.Revision, one.Seen, other.Seen))
		}
	}
	return problems
}

func checkTransaction(transaction Line, log *Log) string {
	revisions := map[int64]bool{}
	written := 0
	for _, write := range transaction.Writes {
		if change, there := log.byValue[write.Value]; there {
			revisions[change.Revision] = true
			written++
		}
	}
	switch {
	case written != 0 && written != len(transaction.Writes):
		return fmt.Sprintf("%d of its %d writes took effect", written, len(transaction.Writes))
	case len(revisions) > 1:
		return fmt.Sprintf("its writes are at the revisions %v", revisions)
	case transaction.Outcome == "ok" && !revisions[transaction.Revision]:
		return fmt.Sprintf("its revision is %d, its writes are at %v", transaction.Revision, revisions)
	}
	return ""
}
