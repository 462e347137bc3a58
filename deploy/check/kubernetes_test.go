package check

import (
	"errors"
	"io"
	"maps"
	"strings"
	"testing"

	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	documents "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// manifest is deploy/kubernetes/predah.yaml.
type manifest struct {
	namespace core.Namespace
	account   core.ServiceAccount
	settings  core.ConfigMap
	replicas  apps.StatefulSet
	service   core.Service
	headless  core.Service
	budget    policy.PodDisruptionBudget
	scaler    autoscaling.HorizontalPodAutoscaler
	network   networking.NetworkPolicy
}

// kubernetes reads the manifest into Kubernetes' own types. A field that they do not have is an error.
func kubernetes(t *testing.T) manifest {
	t.Helper()
	var m manifest
	known := map[string]any{
		"Namespace predah": &m.namespace, "ServiceAccount predah": &m.account, "ConfigMap predah": &m.settings,
		"StatefulSet predah": &m.replicas, "Service predah": &m.service, "Service predah-replicas": &m.headless,
		"PodDisruptionBudget predah": &m.budget, "HorizontalPodAutoscaler predah": &m.scaler, "NetworkPolicy predah": &m.network,
	}
	all := documents.NewDocumentDecoder(io.NopCloser(strings.NewReader(read(t, "deploy/kubernetes/predah.yaml"))))
	defer all.Close()
	for buffer := make([]byte, 1<<20); ; {
		n, err := all.Read(buffer)
		if errors.Is(err, io.EOF) {
			break
		}
		var head struct {
			meta.TypeMeta `json:",inline"`
			Metadata      meta.ObjectMeta `json:"metadata"`
		}
		if err := errors.Join(err, yaml.Unmarshal(buffer[:n], &head)); err != nil {
			t.Fatal(err)
		}
		name := head.Kind + " " + head.Metadata.Name
		into, found := known[name]
		if !found {
			t.Fatalf("%s is not known here, or there twice", name)
		}
		if err := yaml.UnmarshalStrict(buffer[:n], into); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if head.Kind != "Namespace" && head.Metadata.Namespace != "predah" {
			t.Errorf("%s is in another namespace", name)
		}
		delete(known, name)
	}
	if len(known) > 0 {
		t.Fatalf("missing: %v", maps.Collect(maps.All(known)))
	}
	return m
}

func TestThePodsAreRestricted(t *testing.T) {
	m := kubernetes(t)
	pod := m.replicas.Spec.Template.Spec
	container := pod.Containers[0]
	for what, holds := range map[string]bool{
		"the namespace holds pods to it": m.namespace.Labels["pod-security.kubernetes.io/enforce"] == "restricted",
		"no root":                        *pod.SecurityContext.RunAsNonRoot && *pod.SecurityContext.RunAsUser == 65532,
		"a seccomp profile":              pod.SecurityContext.SeccompProfile.Type == core.SeccompProfileTypeRuntimeDefault,
		"no token of the cluster":        !*pod.AutomountServiceAccountToken && !*m.account.AutomountServiceAccountToken,
		"a root that is only read":       *container.SecurityContext.ReadOnlyRootFilesystem,
		"no escalation":                  !*container.SecurityContext.AllowPrivilegeEscalation,
		"no capabilities":                container.SecurityContext.Capabilities.Drop[0] == "ALL" && len(container.SecurityContext.Capabilities.Add) == 0,
		"a limit of memory":              !container.Resources.Limits.Memory().IsZero(),
	} {
		if !holds {
			t.Errorf("missing: %s", what)
		}
	}
}

func TestThePodsSetWhatTheServiceReads(t *testing.T) {
	m := kubernetes(t)
	container := m.replicas.Spec.Template.Spec.Containers[0]
	expectSettings(t, m.settings.Data)
	if container.EnvFrom[0].ConfigMapRef.Name != m.settings.Name {
		t.Error("the settings are not those of the manifest")
	}
	mounted := make(map[string]core.VolumeMount)
	for _, mount := range container.VolumeMounts {
		mounted[mount.Name] = mount
	}
	for _, volume := range m.replicas.Spec.Template.Spec.Volumes {
		if volume.Secret != nil && (!mounted[volume.Name].ReadOnly || *volume.Secret.DefaultMode != 0o440) {
			t.Errorf("%s is mounted with mode %o", volume.Name, *volume.Secret.DefaultMode)
		}
	}
	for _, part := range strings.FieldsFunc(m.settings.Data["PREDAH_DATABASE"], func(r rune) bool { return r == '=' || r == '&' || r == '?' }) {
		if strings.HasPrefix(part, "/") && !strings.HasPrefix(part, mounted["database"].MountPath+"/") {
			t.Errorf("%s is not mounted", part)
		}
	}
	if m.replicas.Spec.VolumeClaimTemplates[0].Name != "data" || mounted["data"].MountPath != "/data" || mounted["secrets"].MountPath != "/data/secrets" {
		t.Error("the data is not where the image has it")
	}
}

func TestProbesAskWhatTheServiceAnswers(t *testing.T) {
	container := kubernetes(t).replicas.Spec.Template.Spec.Containers[0]
	for name, probe := range map[string]*core.Probe{"/readyz": container.StartupProbe, "/healthz": container.LivenessProbe, "/healthz ": container.ReadinessProbe} {
		if probe.HTTPGet.Path != strings.TrimSpace(name) || probe.HTTPGet.Port.StrVal != "http" {
			t.Errorf("%s is asked as %v", name, probe.HTTPGet)
		}
	}
}

func TestEverythingSpeaksOfTheSamePods(t *testing.T) {
	m := kubernetes(t)
	labels := m.replicas.Spec.Template.Labels
	for what, selected := range map[string]map[string]string{
		"the replicas": m.replicas.Spec.Selector.MatchLabels, "the service": m.service.Spec.Selector, "the headless service": m.headless.Spec.Selector,
		"the budget": m.budget.Spec.Selector.MatchLabels, "the network policy": m.network.Spec.PodSelector.MatchLabels,
		"the spread": m.replicas.Spec.Template.Spec.TopologySpreadConstraints[0].LabelSelector.MatchLabels,
	} {
		if !maps.Equal(selected, labels) {
			t.Errorf("%s: %v", what, selected)
		}
	}
	if m.replicas.Spec.ServiceName != m.headless.Name || m.headless.Spec.ClusterIP != core.ClusterIPNone {
		t.Error("the replicas have no names")
	}
	if target := m.scaler.Spec.ScaleTargetRef; target.Kind != "StatefulSet" || target.Name != m.replicas.Name || *m.scaler.Spec.MinReplicas < 2 {
		t.Errorf("the scaler scales %v", target)
	}
	for _, port := range m.service.Spec.Ports {
		if port.TargetPort.StrVal != "http" {
			t.Errorf("the service leads to %s", port.Name)
		}
	}
	for _, rule := range m.network.Spec.Ingress {
		for _, from := range rule.From {
			if metrics := rule.Ports[0].Port.StrVal == "metrics"; metrics != (from.NamespaceSelector.MatchLabels["kubernetes.io/metadata.name"] == "monitoring") {
				t.Errorf("%v may reach %v", from.NamespaceSelector, rule.Ports)
			}
		}
	}
}
