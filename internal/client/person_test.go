package client_test

import (
	"strings"
	"testing"
	"time"

	"filippo.io/age"
)

// person is somebody with a recovery code.
type person struct {
	caller
	code     []byte
	auth     object
	vault    string
	identity *age.HybridIdentity
}

// newPerson derives everything from a written code: section 3.
func newPerson(t *testing.T, s service, written string) *person {
	t.Helper()
	code := readCode(t, written)
	auth := derive(t, code, "vault/auth")
	return &person{
		caller: caller{service: s}, code: code, auth: object{"auth": encode(auth)},
		vault: vaultID(auth), identity: identity(t, derive(t, code, "vault/identity")),
	}
}

func (p *person) path(parts ...string) string {
	return "/vaults/" + strings.Join(append([]string{p.vault}, parts...), "/")
}

// open gets a token: section 6, step 2.
func (p *person) open(t *testing.T) {
	t.Helper()
	p.token, _ = p.expect(t, 200, "", "POST", p.path("token"), p.auth).object["token"].(string)
}

// replyIdentity is what opens replies to a grant.
func (p *person) replyIdentity(t *testing.T, grant string) *age.HybridIdentity {
	t.Helper()
	return identity(t, derive(t, p.code, "vault/reply/"+grant))
}

// check takes a self-check, choosing the first option wherever an answer is asked for, and
// returns what is saved of it: the result in ids and numbers, the answers and receipts.
func (c *caller) check(t *testing.T, id string) (checked object) {
	t.Helper()
	asked := c.expect(t, 200, "", "GET", "/questionnaires/"+id, nil).object
	answers := object{}
	for range 10 {
		got := c.call(t, "POST", "/questionnaires/"+id+"/score", object{"answers": answers, "receipts": 2})
		if got.status == 200 {
			return object{"result": withoutWords(got.object), "answers": answers, "receipts": got.object["receipts"]}
		}
		problems, _ := got.object["errors"].([]any)
		for _, each := range problems {
			pointer, _ := each.(map[string]any)["pointer"].(string)
			item := strings.TrimPrefix(pointer, "/answers/")
			answers[item] = firstAnswer(asked, item)
		}
	}
	t.Fatalf("%s does not come to a result", id)
	return nil
}

func firstAnswer(asked object, id string) any {
	items, _ := asked["items"].([]any)
	for _, each := range items {
		item, _ := each.(map[string]any)
		if options, _ := item["options"].([]any); item["id"] == id && len(options) > 0 {
			code := options[0].(map[string]any)["code"]
			if item["kind"] == "multiple" {
				return []any{code}
			}
			return code
		}
	}
	return 0
}

// withoutWords takes ids and numbers of the answer of /score: R of section 5.
func withoutWords(scored object) object {
	said, _ := scored["scored_at"].(string)
	at, _ := time.Parse(time.RFC3339, said)
	zone, _ := time.LoadLocation("Europe/Ljubljana")
	result := object{"questionnaire": scored["questionnaire"], "language": scored["language"], "scored_at": at.In(zone).Format(time.DateOnly)}
	for list, names := range map[string][]string{
		"scores": {"id", "value", "missing", "min", "max"}, "criteria": {"id", "met"}, "flags": {"id", "urgency"},
	} {
		kept := []any{}
		all, _ := scored[list].([]any)
		for _, each := range all {
			kept = append(kept, only(each, names...))
		}
		result[list] = kept
	}
	result["band"] = only(scored["band"], "id", "level", "levels")
	if open, found := scored["open"]; found {
		result["open"] = open
	}
	if sets, found := scored["band_sets"].([]any); found {
		kept := []any{}
		for _, each := range sets {
			set := only(each, "id", "band", "open").(map[string]any)
			set["band"] = only(set["band"], "id", "level", "levels")
			kept = append(kept, set)
		}
		result["band_sets"] = kept
	}
	result["advice"], result["guidance"], result["suggestions"] = scored["advice_ids"], []any{}, []any{}
	sections, _ := scored["guidance"].([]any)
	for _, each := range sections {
		section, _ := each.(map[string]any)
		result["guidance"] = append(result["guidance"].([]any), map[string]any{"id": section["id"], "steps": section["step_ids"]})
	}
	suggested, _ := scored["suggestions"].([]any)
	for _, each := range suggested {
		result["suggestions"] = append(result["suggestions"].([]any), each.(map[string]any)["id"])
	}
	return result
}

func only(value any, names ...string) any {
	from, ok := value.(map[string]any)
	if !ok {
		return nil
	}
	kept := map[string]any{}
	for _, name := range names {
		if value, found := from[name]; found {
			kept[name] = value
		}
	}
	return kept
}

// give takes the receipt at this place of what was saved for one share, and says so in the vault first. It
// returns what is shared.
func (p *person) give(t *testing.T, saved string, checked object, place int) object {
	t.Helper()
	id := newID(time.Now())
	mark := object{
		"v": 1, "kind": "record", "id": id, "vault": p.vault, "made": now(),
		"body": object{"type": "given", "about": saved, "receipt": place},
	}
	p.expect(t, 201, "", "PUT", p.path("records", id), sealTo(t, mark, p.identity.Recipient().String()))
	receipts, _ := checked["receipts"].([]any)
	return object{"result": checked["result"], "answers": checked["answers"], "receipt": receipts[place]}
}

// share seals results for the counsellor behind a link: section 6, step 6.
func (p *person) share(t *testing.T, link string, results ...object) (grant string, request object) {
	t.Helper()
	id, fp := cutLink(t, link)
	recipient, _ := p.expect(t, 200, "", "GET", "/share-links/"+id, nil).object["recipient"].(string)
	if fingerprint(recipient) != fp {
		t.Fatal("the key is not the one of the link")
	}
	grant = newID(time.Now())
	expires := time.Now().UTC().AddDate(0, 0, 90).Format("2006-01-02T15:04:05Z")
	envelope := object{
		"v": 1, "kind": "grant", "id": grant, "recipient_fp": fp, "expires": expires, "made": now(),
		"body": object{"results": results, "note": "Ana, 8. b", "reply_to": p.replyIdentity(t, grant).Recipient().String()},
	}
	sealed := sealTo(t, envelope, recipient, p.identity.Recipient().String())
	return grant, object{"link": id, "expires": expires, "sealed": encode(sealed)}
}
